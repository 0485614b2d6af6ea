package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of the file behind the library's back are found and named. */
final class TamperingTest {
    @TempDir
    Path directory;

    private Path database;
    private Anchor anchor;

    @BeforeEach
    void write() {
        database = directory.resolve("store.db");
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            RecordStore<String, Row> store = keep.store(CrashWriter.RECORDS);
            store.insert(Row.of(CrashWriter.RECORDS, "a").with(CrashWriter.VALUE, 1L));
            store.insert(Row.of(CrashWriter.RECORDS, "b").with(CrashWriter.VALUE, 1L));
            for (long i = 2; i < 20; i++) {
                long n = i;
                store.update("a", row -> row.with(CrashWriter.VALUE, n));
            }
            store.delete("b");
            anchor = keep.log().anchor();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update records set value = 7 | another value in column value",
                "update records set _version = 3 | has version 3",
                "update records set _by = 'nobody' | another author or time",
                "update records set _origin = 1 - _origin / 2 | another author or time",
                "update records set _at = _at + 1 | another author or time",
                "update records set _user_by = 'nobody', _user_at = 1 | another last user",
                "update records set _change = _change - (1 << 20) | another change",
                "update records set _change = _change + (100 << 20) | the log has no such change",
                "update rowkeep_tombstones set by = 'nobody' | another author or time",
                "update rowkeep_tombstones set change = change - (1 << 20) | another change",
                "update rowkeep_tombstones set change = change + (100 << 20) | the log has no such change",
                "delete from records | is lost",
                "delete from rowkeep_log where id = (select min(id) from rowkeep_log) | commit 1",
                "update rowkeep_log set author = 'nobody' where id = 4 << 20 | commit 4",
                "update rowkeep_log set time = time + 1 where id = 4 << 20 | commit 4",
                "update rowkeep_log set author = null where id = 5 << 20 | belongs to no commit",
                "delete from rowkeep_log where id = 5 << 20 | commit 5",
                "update rowkeep_log set delta = x'00' where id = (select max(id) from rowkeep_log) | commit 21",
                "delete from rowkeep_tombstones | is lost"
            })
    void changedFileIsFound(String sql, String problem) throws SQLException {
        tamper(sql);
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            keep.store(CrashWriter.RECORDS);
            assertThat(keep.log().verify(anchor).problem())
                    .hasValueSatisfying(found -> assertThat(found).contains(problem));
        }
    }

    @Test
    void cutTailIsFoundAgainstAnAnchor() throws SQLException {
        tamper("delete from rowkeep_log where id >> 20 = 21");
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            keep.store(CrashWriter.RECORDS);
            assertThat(keep.log().verify(anchor).problem())
                    .hasValueSatisfying(found -> assertThat(found).contains("cut off"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update rowkeep_meta set incarnation = 'x'",
                "update rowkeep_meta set epoch = 0",
                "insert into rowkeep_indexes values (1, 9, '[\"value\"]', 'ONCE')",
                "insert into rowkeep_indexes values (1, 9, '[\"val', 'UNIQUE')"
            })
    void whatCannotBeIsRefusedByNameWhileOpening(String sql) throws SQLException {
        tamper(sql);
        assertThatThrownBy(() -> RowKeep.open(SqliteStorage.at(database)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("something that RowKeep does not write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update records set _change = -1",
                "update records set _version = 0",
                "update records set _by = char(7)"
            })
    void whatCannotBeIsRefusedByNameWhileReading(String sql) throws SQLException {
        tamper(sql);
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            RecordStore<String, Row> store = keep.store(CrashWriter.RECORDS);
            assertThatThrownBy(() -> store.get("a"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("something that RowKeep does not write");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "char(7)", "'a' || char(17)"})
    void keyThatNoRecordCanHaveIsRefusedWhenAQueryMeetsIt(String key) throws SQLException {
        tamper("update records set id = " + key);
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            RecordStore<String, Row> store = keep.store(CrashWriter.RECORDS);
            assertThatThrownBy(() -> store.query().list())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("a key that no record can have");
            assertThat(keep.log().verify().problem()).isPresent();
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void historyWithABentLinkIsRefusedAndNotShortened() throws SQLException {
        tamper("update rowkeep_log set previous = id where id = 5 << 20");
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            RecordStore<String, Row> store = keep.store(CrashWriter.RECORDS);
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> store.history("a"))
                    .withMessageContaining("does not lead to");
            assertThat(keep.log().verify().problem()).isPresent();
        }
    }

    @Test
    void differenceOverAGapInTheLogIsRefusedAndNotPapered() throws SQLException {
        Position before;
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            before = keep.log().read(keep.log().start(), 11).get(10).position();
        }
        tamper("delete from rowkeep_log where id >> 20 = 12");
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            RecordStore<String, Row> store = keep.store(CrashWriter.RECORDS);
            assertThatThrownBy(() -> store.diff(before, keep.log().head()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("lacks commit 12");
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("pragma journal_mode = wal");
            for (String one : sql.split(";")) {
                statement.executeUpdate(one);
            }
        } catch (SQLException e) {
            throw new SQLException("While tampering by " + sql, e);
        }
    }
}
