package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is dropped of the log, and what stays of it: in the database, in one that is made anew, and in the stores as of a commit. */
final class DroppedLogTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, VALUE);
    private static final String AS_OF = "SELECT id, value FROM rowkeep_as_of_items(?) ORDER BY id";

    @TempDir
    private Path directory;

    private Path database;

    /** The commit that inserted "hot", after which each gave it the next value. */
    private long first;

    private long last;

    @BeforeEach
    void fill() {
        database = directory.resolve("store.duckdb");
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            items.insert(Row.of(ITEMS, "still").with(VALUE, 1L));
            items.insert(Row.of(ITEMS, "gone").with(VALUE, 1L));
            items.delete("gone");
            items.insert(Row.of(ITEMS, "hot").with(VALUE, 0L));
            first = keep.log().head().sequence();
            for (long value = 1; value <= 9; value++) {
                update(items, "hot", value);
            }
            last = keep.log().head().sequence();
        }
    }

    private static void update(RecordStore<String, Row> items, String key, long value) {
        items.update(key, row -> row.with(VALUE, value));
    }

    private RowKeep open() {
        return RowKeep.open(DuckdbStorage.at(database));
    }

    private void drop(long through) {
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            storage.dropThrough(through);
            assertThat(storage.check()).isEmpty();
        }
    }

    private static List<List<Object>> asOf(RowKeep keep, long sequence) {
        return keep.sql().select(AS_OF, sequence).stream().map(SqlRow::values).toList();
    }

    @Test
    void theStoreAsOfACommitFromTheCutOnIsAsItWas() {
        drop(first + 4);
        try (RowKeep keep = open()) {
            for (long value = 4; value <= 9; value++) {
                assertThat(asOf(keep, first + value)).containsExactly(List.of("hot", value), List.of("still", 1L));
            }
        }
    }

    /** The version in force at the cut must outlast it though nothing has followed it yet. */
    @Test
    void aVersionThatIsReplacedAfterTheCutIsKnownAtIt() {
        drop(last);
        try (RowKeep keep = open()) {
            update(keep.store(ITEMS), "still", 2L);
            keep.store(ITEMS).insert(Row.of(ITEMS, "gone").with(VALUE, 7L));
            assertThat(asOf(keep, last)).containsExactly(List.of("hot", 9L), List.of("still", 1L));
            assertThat(asOf(keep, last + 1)).containsExactly(List.of("hot", 9L), List.of("still", 2L));
        }
        drop(last + 1);
        try (RowKeep keep = open()) {
            assertThat(asOf(keep, last + 1)).containsExactly(List.of("hot", 9L), List.of("still", 2L));
            assertThat(asOf(keep, last + 2))
                    .containsExactly(List.of("gone", 7L), List.of("hot", 9L), List.of("still", 2L));
        }
    }

    @Test
    void theStoreAsOfADroppedCommitIsAnErrorWhateverIsAskedOfIt() {
        drop(first + 4);
        try (RowKeep keep = open()) {
            for (String sql : List.of(
                    AS_OF,
                    "SELECT max(value) FROM rowkeep_as_of_items(?) WHERE id = 'hot'",
                    "SELECT value FROM rowkeep_as_of_items(?) WHERE value IS NULL")) {
                assertThatThrownBy(() -> keep.sql().select(sql, first + 3))
                        .hasStackTraceContaining("the log begins behind commit " + (first + 4))
                        .hasStackTraceContaining("earlier ones were dropped");
            }
        }
    }

    @Test
    void versionsThatNothingNeedsAreGoneFromTheHistory() {
        drop(first + 4);
        try (RowKeep keep = open()) {
            assertThat(keep.sql().select("SELECT id, value FROM rowkeep_history_items ORDER BY _change"))
                    .extracting(SqlRow::values)
                    .containsExactly(
                            List.of("still", 1L),
                            List.of("hot", 4L),
                            List.of("hot", 5L),
                            List.of("hot", 6L),
                            List.of("hot", 7L),
                            List.of("hot", 8L),
                            List.of("hot", 9L));
        }
    }

    @Test
    void aDatabaseThatIsMadeAnewHasDroppedTheSame() throws Exception {
        drop(first + 4);
        String all = "SELECT * FROM rowkeep_history_items ORDER BY _change";
        List<SqlRow> history;
        try (RowKeep keep = open()) {
            history = keep.sql().select(all);
        }
        Files.delete(database);
        try (RowKeep keep = open()) {
            assertThat(keep.sql().select(all)).isEqualTo(history);
        }
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_ONLY)) {
            assertThat(storage.start().sequence()).isEqualTo(first + 4);
            assertThat(storage.commitsAfter(0, 100)).hasSize(5);
            assertThat(storage.check()).isEmpty();
        }
    }

    /** A crash leaves the database behind the journal that says what was dropped. */
    @Test
    void aDatabaseThatDidNotDropYetDoesWhenItIsOpened() throws Exception {
        Path older = Files.copy(database, directory.resolve("older"));
        drop(first + 4);
        Files.delete(database);
        Files.move(older, database);
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            assertThat(storage.start().sequence()).isEqualTo(first + 4);
            assertThat(storage.commitsAfter(0, 100)).hasSize(5);
            assertThat(storage.check()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM rowkeep_history_items WHERE value = 4",
                "DELETE FROM rowkeep_history_items WHERE id = 'still'",
                "UPDATE rowkeep_history_items SET value = 2 WHERE id = 'still'",
                "DELETE FROM rowkeep_commits WHERE sequence IN (SELECT min(sequence) FROM rowkeep_commits)",
                "DELETE FROM rowkeep_changes WHERE version = 7",
                "UPDATE rowkeep_start SET sequence = sequence - 1"
            })
    void whatIsWrongIsFoundInWhatStays(String change) throws Exception {
        drop(first + 4);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isPositive();
        }
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            assertThat(storage.check()).isPresent();
        }
    }
}
