package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every version of every record is a row with its cells, and the store as of any commit is one SELECT. */
final class HistoryTableTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Column<String> NOTE = Column.text("note");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, VALUE);
    private static final Schema<String, Row> WITH_NOTES = Schema.dynamic("items", ID, NOTE, VALUE);
    private static final String ITEMS_AS_OF = "SELECT id, value FROM rowkeep_as_of_items(?)";
    private static final int EDITS = 100;

    private final Random random = new Random(7);

    @TempDir
    private Path directory;

    @Test
    void theStoreAsOfEveryCommitIsWhatItsPastViewHolds() {
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            List<Position> positions = new ArrayList<>(List.of(keep.log().start()));
            for (int i = 0; i < EDITS; i++) {
                edit(items, i);
                positions.add(keep.log().head());
            }
            for (Position position : positions) {
                assertThat(sqlAsOf(keep, position)).as("%s", position).isEqualTo(view(items, position));
            }
        }
    }

    private void edit(RecordStore<String, Row> items, long value) {
        String key = "i" + random.nextInt(12);
        if (!items.exists(key)) {
            items.insert(Row.of(ITEMS, key).with(VALUE, value));
        } else if (random.nextInt(4) == 0) {
            items.delete(key);
        } else {
            items.update(key, row -> row.with(VALUE, value));
        }
    }

    private static Map<Object, Object> sqlAsOf(RowKeep keep, Position position) {
        Map<Object, Object> records = new TreeMap<>();
        for (SqlRow row : keep.sql().select(ITEMS_AS_OF, position.sequence())) {
            assertThat(records.put(row.require("id", String.class), row.get("value")))
                    .isNull();
        }
        return records;
    }

    private static Map<Object, Object> view(RecordStore<String, Row> items, Position position) {
        Map<Object, Object> records = new TreeMap<>();
        for (VersionedRecord<String, Row> found :
                items.asOf(position).query().limit(EDITS).list()) {
            records.put(found.key(), found.value().require(VALUE));
        }
        return records;
    }

    /** Versions that one batch made of one record are one step of it, and as many rows. */
    @Test
    void versionsOfOneBatchAreAllThere() {
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            items.insert(Row.of(ITEMS, "hot").with(VALUE, 0L));
            List<CompletableFuture<?>> queued = new ArrayList<>();
            for (long i = 1; i <= 100; i++) {
                queued.add(items.applyAsync(Edit.update(ITEMS, "hot").add(VALUE, 1L)));
            }
            queued.forEach(CompletableFuture::join);

            List<SqlRow> versions = keep.sql()
                    .select(
                            "SELECT _version, value, _kind, _previous = lag(_change, 1, 0) OVER (ORDER BY _change) AS chained"
                                    + " FROM rowkeep_history_items ORDER BY _version");

            assertThat(versions).hasSize(101);
            for (int i = 0; i < versions.size(); i++) {
                assertThat(versions.get(i).values())
                        .containsExactly(i + 1L, (long) i, i == 0 ? "INSERT" : "UPDATE", true);
            }
        }
    }

    @Test
    void aGroupByOverTheHistoryIsOneStatement() {
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            items.as(keep.session(Author.user("ada")))
                    .insert(Row.of(ITEMS, "i1").with(VALUE, 3L));
            items.as(keep.session(Author.user("ada"))).update("i1", row -> row.with(VALUE, 5L));
            items.as(keep.session(Author.job("nightly"))).delete("i1");

            assertThat(keep.sql()
                            .select("SELECT _by, _kind, count(*) AS n, max(value) AS most FROM rowkeep_history_items"
                                    + " GROUP BY ALL ORDER BY _kind"))
                    .extracting(SqlRow::values)
                    .containsExactly(
                            Arrays.asList("nightly", "DELETE", 1L, null),
                            List.of("ada", "INSERT", 1L, 3L),
                            List.of("ada", "UPDATE", 1L, 5L));
        }
    }

    @Test
    void aColumnThatWasAddedIsMissingInWhatWasBefore() {
        long before;
        try (RowKeep keep = open()) {
            keep.store(ITEMS).insert(Row.of(ITEMS, "i1").with(VALUE, 1L));
            before = keep.log().head().sequence();
        }
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(WITH_NOTES);
            items.update("i1", row -> row.with(VALUE, 2L).with(NOTE, "two"));

            assertThat(asOfWithNotes(keep, before)).containsExactly(Arrays.asList(null, 1L));
            assertThat(asOfWithNotes(keep, before + 1)).containsExactly(List.of("two", 2L));
        }
    }

    private static List<List<Object>> asOfWithNotes(RowKeep keep, long sequence) {
        return keep.sql().select("SELECT note, value FROM rowkeep_as_of_items(?)", sequence).stream()
                .map(SqlRow::values)
                .toList();
    }

    @Test
    void aRebuiltDatabaseHasTheSameHistory() throws Exception {
        List<SqlRow> history;
        String all = "SELECT * FROM rowkeep_history_items ORDER BY _change";
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            for (int i = 0; i < 50; i++) {
                edit(items, i);
            }
            history = keep.sql().select(all);
        }
        Files.delete(directory.resolve("store.duckdb"));
        try (RowKeep keep = open()) {
            assertThat(keep.sql().select(all)).hasSize(50).isEqualTo(history);
        }
    }

    /** From where a log begins that was cut on, and for no commit before; the same after a rebuild from the journal. */
    @Test
    void aCutLogShowsNoStoreFromBefore() throws Exception {
        Map<Long, Map<Object, Object>> states = new TreeMap<>();
        long cut;
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            for (int i = 0; i < EDITS; i++) {
                edit(items, i);
                states.put(keep.log().head().sequence(), view(items, keep.log().head()));
            }
            cut = keep.retention()
                    .apply(RetentionPolicy.keepFor(Duration.ofMillis(1)), progress -> progress.dropped() < 1)
                    .oldest()
                    .sequence();
            assertThat(cut).isPositive();
            assertAsOf(keep, states, cut);
        }
        Files.delete(directory.resolve("store.duckdb"));
        try (RowKeep keep = open()) {
            assertAsOf(keep, states, cut);
            assertThat(keep.log().verify().problem()).isEmpty();
        }
    }

    /** The macro and the views refuse the same places and show the same at the others; the same after a rebuild from the journal. */
    @Test
    void retentionByVersionsShowsTheStoreFromTheSamePlaceOnAsItsViews() throws Exception {
        Map<Position, Map<Object, Object>> states = new LinkedHashMap<>();
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            for (int i = 0; i < EDITS / 2; i++) {
                edit(items, i);
                states.put(keep.log().head(), view(items, keep.log().head()));
            }
            keep.retention().apply(RetentionPolicy.keepAll().keepVersions("items", 4));
            assertThat(assertShownAsViewed(keep, states)).isBetween(5, EDITS / 2 - 5);
        }
        Files.delete(directory.resolve("store.duckdb"));
        try (RowKeep keep = open()) {
            assertThat(assertShownAsViewed(keep, states)).isBetween(5, EDITS / 2 - 5);
            assertThat(keep.log().verify().problem()).isEmpty();
        }
    }

    /** Returns at how many of the places the store is shown. */
    private static int assertShownAsViewed(RowKeep keep, Map<Position, Map<Object, Object>> states) {
        int shown = 0;
        for (Map.Entry<Position, Map<Object, Object>> state : states.entrySet()) {
            Position place = state.getKey();
            if (isViewed(keep.store(ITEMS), place)) {
                assertThat(sqlAsOf(keep, place)).isEqualTo(state.getValue());
                shown++;
            } else {
                assertThatThrownBy(() -> sqlAsOf(keep, place)).hasStackTraceContaining("were dropped");
            }
        }
        return shown;
    }

    private static boolean isViewed(RecordStore<String, Row> items, Position place) {
        try {
            view(items, place);
            return true;
        } catch (HistoryDroppedException e) {
            return false;
        }
    }

    private static void assertAsOf(RowKeep keep, Map<Long, Map<Object, Object>> states, long cut) {
        Position oldest = keep.log().start();
        assertThat(sqlAsOf(keep, oldest)).isEqualTo(states.get(cut));
        assertThatThrownBy(() -> keep.sql().select(ITEMS_AS_OF, cut - 1))
                .isInstanceOf(SqlRefusedException.class)
                .hasMessageContaining("the log begins behind commit");
        long versions = keep.sql()
                .select("SELECT count(*) AS n FROM rowkeep_history_items WHERE _sequence <= ?", cut)
                .get(0)
                .require("n", Long.class);
        assertThat(versions).isLessThanOrEqualTo(12);
    }

    private RowKeep open() {
        return RowKeep.open(DuckdbStorage.at(directory.resolve("store.duckdb")));
    }
}
