package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
