package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.RecordStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes whose contents were dropped: in the log, in the history, in the stores as of a commit, and in a database that is made anew. */
final class DroppedContentsTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, VALUE);
    private static final Schema<String, Row> OTHERS = Schema.dynamic("others", ID, VALUE);
    private static final String AS_OF = "SELECT id, value FROM rowkeep_as_of_items(?) ORDER BY id";
    private static final String HISTORY = "SELECT id, value FROM rowkeep_history_items ORDER BY _change";
    private static final byte[] GONE = {'g', 'o', 'n', 'e'};

    /** What of the log and the history stands in the database. */
    private static final List<String> TABLES = List.of(
            "SELECT id, store, key, version, kind, previous, hex(delta) AS delta, hex(image) AS image, dropped"
                    + " FROM rowkeep_changes ORDER BY id",
            "SELECT * FROM rowkeep_history_items ORDER BY _change",
            "SELECT * FROM rowkeep_contents_dropped ORDER BY store",
            "SELECT * FROM items ORDER BY id");

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
            keep.store(OTHERS).insert(Row.of(OTHERS, "other").with(VALUE, 1L));
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

    private static Predicate<LoggedChange> versions(String key, long through) {
        return change -> change.key().equals(key) && change.version() <= through;
    }

    private static List<LoggedChange> withoutContents(Storage storage, Predicate<LoggedChange> meant) {
        return storage.commitsAfter(0, Integer.MAX_VALUE).stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(meant)
                .map(change -> new LoggedChange(
                        change.storeId(),
                        change.key(),
                        change.version(),
                        change.kind(),
                        change.id(),
                        change.previousId(),
                        GONE,
                        null))
                .toList();
    }

    private static StoreLayout items(Storage storage) {
        return storage.layouts().stream()
                .filter(layout -> layout.name().equals("items"))
                .findFirst()
                .orElseThrow();
    }

    private void drop(Predicate<LoggedChange> meant) {
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            storage.dropContents(withoutContents(storage, meant));
            assertThat(storage.check()).isEmpty();
        }
    }

    private static List<List<Object>> rows(RowKeep keep, String sql, Object... parameters) {
        return keep.sql().select(sql, parameters).stream().map(SqlRow::values).toList();
    }

    private List<List<List<Object>>> tables() {
        return tables(DuckdbStorage.at(database));
    }

    private static List<List<List<Object>>> tables(StorageProvider provider) {
        try (RowKeep keep = RowKeep.open(provider)) {
            return TABLES.stream().map(sql -> rows(keep, sql)).toList();
        }
    }

    private void makeAnew() throws Exception {
        Files.delete(database);
    }

    @Test
    void theStoreAsOfACommitFromTheNewestDroppedOneOnIsAsItWas() {
        drop(versions("hot", 5));
        try (RowKeep keep = open()) {
            for (long value = 4; value <= 9; value++) {
                assertThat(rows(keep, AS_OF, first + value))
                        .containsExactly(List.of("hot", value), List.of("still", 1L));
            }
        }
    }

    @Test
    void theStoreAsOfAnEarlierCommitIsAnErrorWhateverIsAskedOfIt() {
        drop(versions("hot", 5));
        try (RowKeep keep = open()) {
            for (String sql : List.of(
                    AS_OF,
                    "SELECT max(value) FROM rowkeep_as_of_items(?) WHERE id = 'hot'",
                    "SELECT value FROM rowkeep_as_of_items(?) WHERE value IS NULL")) {
                assertThatThrownBy(() -> keep.sql().select(sql, first + 3))
                        .hasStackTraceContaining("contents of its changes up to commit " + (first + 4))
                        .hasStackTraceContaining("Ask for " + (first + 4) + " or a later one");
            }
        }
    }

    @Test
    void anotherStoreIsKnownAsOfAnyCommit() {
        drop(versions("hot", 5));
        try (RowKeep keep = open()) {
            assertThat(rows(keep, "SELECT id, value FROM rowkeep_as_of_others(?)", first))
                    .containsExactly(List.of("other", 1L));
        }
    }

    /** What the newest dropped change made is told by the one after it. */
    @Test
    void versionsThatNothingTellsAreGoneFromTheHistory() {
        drop(versions("hot", 5).or(versions("gone", 2)));
        try (RowKeep keep = open()) {
            assertThat(rows(keep, "SELECT id, _version, _kind FROM rowkeep_history_items ORDER BY _change"))
                    .startsWith(
                            List.of("still", 1L, "INSERT"), List.of("gone", 2L, "DELETE"), List.of("hot", 5L, "UPDATE"))
                    .hasSize(8);
        }
    }

    /** A record that has not changed since is told by its row. */
    @Test
    void aVersionThatTheRowTellsStaysAndIsGoneWhenItIsReplacedAndDropped() {
        drop(versions("still", 1));
        try (RowKeep keep = open()) {
            update(keep.store(ITEMS), "still", 2L);
            assertThat(rows(keep, AS_OF, last)).containsExactly(List.of("hot", 9L), List.of("still", 1L));
        }
        drop(versions("still", 2));
        try (RowKeep keep = open()) {
            assertThat(rows(keep, AS_OF, last + 1)).containsExactly(List.of("hot", 9L), List.of("still", 2L));
            assertThat(rows(keep, HISTORY)).doesNotContain(List.of("still", 1L)).contains(List.of("still", 2L));
        }
    }

    @Test
    void aDatabaseThatIsMadeAnewHasDroppedTheSame() throws Exception {
        drop(versions("hot", 3));
        drop(versions("hot", 5).or(versions("gone", 2)));
        List<List<List<Object>>> before = tables();
        assertThat(before.get(2)).hasSize(1);
        makeAnew();
        assertThat(tables()).isEqualTo(before);
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_ONLY)) {
            assertThat(storage.contentsDroppedThrough(items(storage))).isEqualTo(first + 4);
            assertThat(storage.check()).isEmpty();
        }
    }

    /** A crash leaves the database behind the journal that says what was dropped. */
    @Test
    void aDatabaseThatDidNotDropYetDoesWhenItIsOpened() throws Exception {
        Path older = Files.copy(database, directory.resolve("older"));
        drop(versions("hot", 5));
        List<List<List<Object>>> dropped = tables();
        Files.delete(database);
        Files.move(older, database);
        assertThat(tables()).isEqualTo(dropped);
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            assertThat(storage.contentsDroppedThrough(items(storage))).isEqualTo(first + 4);
            assertThat(storage.check()).isEmpty();
        }
    }

    /** What waits in memory to be brought into the database is not told as it was. */
    @Test
    void theLogIsToldWithoutContentsThoughTheDatabaseLacksTheCommits() {
        try (Storage storage =
                DuckdbStorage.at(directory.resolve("people.duckdb")).open(Access.READ_WRITE)) {
            storage.install(ErasableStore.LAYOUT);
            ErasableStore.write(storage, "ann", "anna", "bert", "carl");
            storage.dropContents(withoutContents(storage, versions("ann", 1)));
            assertThat(storage.commitsAfter(0, 10))
                    .extracting(commit -> new String(commit.changes().get(0).delta(), StandardCharsets.US_ASCII))
                    .containsExactly("gone", "bert", "carl");
        }
    }

    @Test
    void whatIsDroppedStaysSoWhenTheOldestCommitsAreDropped() throws Exception {
        drop(versions("hot", 5).or(versions("gone", 2)));
        for (long through : List.of(first - 1, first + 2, first + 6)) {
            try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
                storage.dropThrough(through);
                assertThat(storage.check()).isEmpty();
            }
            List<List<List<Object>>> before = tables();
            makeAnew();
            assertThat(tables()).isEqualTo(before);
            long oldest = Math.max(through, first + 4);
            try (RowKeep keep = open()) {
                assertThat(rows(keep, AS_OF, oldest))
                        .containsExactly(List.of("hot", oldest - first), List.of("still", 1L));
                assertThatThrownBy(() -> keep.sql().select(AS_OF, oldest - 1))
                        .hasStackTraceContaining("Ask for " + oldest + " or a later one");
            }
        }
    }

    /** The version that was in force where the log begins is gone when the change after it tells it no more. */
    @Test
    void contentsBehindTheLogsStartAreDroppedToo() {
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            storage.dropThrough(first + 2);
            storage.dropContents(withoutContents(storage, versions("hot", 6)));
            assertThat(storage.check()).isEmpty();
        }
        try (RowKeep keep = open()) {
            assertThat(rows(keep, HISTORY))
                    .containsExactly(
                            List.of("still", 1L),
                            List.of("hot", 5L),
                            List.of("hot", 6L),
                            List.of("hot", 7L),
                            List.of("hot", 8L),
                            List.of("hot", 9L));
        }
    }

    @Test
    void aFormWithMoreColumnsIsRefusedAsOfTheSameCommits() {
        drop(versions("hot", 5));
        Schema<String, Row> withNotes = Schema.dynamic("items", ID, Column.text("note"), VALUE);
        try (RowKeep keep = open()) {
            keep.store(withNotes);
            assertThat(rows(keep, AS_OF, first + 4)).containsExactly(List.of("hot", 4L), List.of("still", 1L));
            assertThatThrownBy(() -> keep.sql().select(AS_OF, first + 3)).hasStackTraceContaining("were dropped");
        }
    }

    @Test
    void aBackupHasDroppedTheSame() {
        drop(versions("hot", 5));
        List<List<List<Object>>> before = tables();
        Path folder = directory.resolve("copy");
        StorageProvider copy;
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_ONLY)) {
            folder.toFile().mkdir();
            copy = storage.backupSource().orElseThrow().copyTo(folder);
        }
        assertThat(tables(copy)).isEqualTo(before);
    }

    /** The journal holds their contents still, and those are erased. */
    @Test
    void whatIsErasedOfChangesThatLostTheirContentsIsInNoFile() throws Exception {
        Path other = Files.createDirectory(directory.resolve("erased"));
        Path people = other.resolve("people.duckdb");
        Traces traces = new Traces(5);
        List<String> meant = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            meant.add(traces.value());
        }
        try (Storage storage = DuckdbStorage.at(people).open(Access.READ_WRITE)) {
            storage.install(ErasableStore.LAYOUT);
            ErasableStore.write(storage, "ann", meant.toArray(String[]::new));
            storage.dropContents(withoutContents(storage, versions("ann", 3)));
            ErasableStore.erase(storage, "ann");
            assertErased(storage);
        }
        assertThat(Traces.in(other, meant)).isEmpty();
        Files.delete(people);
        try (Storage storage = DuckdbStorage.at(people).open(Access.READ_WRITE)) {
            assertErased(storage);
        }
    }

    private static void assertErased(Storage storage) {
        assertThat(storage.commitsAfter(0, 10).stream()
                        .flatMap(commit -> commit.changes().stream())
                        .map(change -> change.delta().length))
                .containsExactly(GONE.length, GONE.length, GONE.length, 1, 1, 1);
        assertThat(storage.contentsDroppedThrough(ErasableStore.LAYOUT)).isEqualTo(3);
        assertThat(storage.check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE rowkeep_changes SET dropped = false WHERE dropped AND version = 4",
                "UPDATE rowkeep_changes SET dropped = true WHERE key = 'hot' AND version = 7",
                "UPDATE rowkeep_contents_dropped SET sequence = sequence - 1",
                "DELETE FROM rowkeep_contents_dropped",
                "DELETE FROM rowkeep_history_items WHERE value = 4",
                "INSERT INTO rowkeep_history_items SELECT * REPLACE (_previous AS _change, _version - 1 AS _version)"
                        + " FROM rowkeep_history_items WHERE value = 4"
            })
    void whatIsWrongIsFoundInWhatStays(String change) throws Exception {
        drop(versions("hot", 5));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(change)).isPositive();
        }
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            assertThat(storage.check()).isPresent();
        }
    }
}
