package dev.rowkeep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener and the flight recorder are told what happens, and nothing of what is in the cells. */
final class EventsTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> NOTE = Column.text("note").length(0, 40);
    private static final Column<Long> STOCK = Column.integer("stock").merge(MergeRule.SUM);
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, NOTE, STOCK);
    private static final String SECRET = "not for anybody's log";

    private final List<KeepEvent> events = new CopyOnWriteArrayList<>();
    private RowKeep keep;
    private RecordStore<String, Row> items;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        open(KeepOptions.defaults());
    }

    private void open(KeepOptions options) {
        keep = RowKeep.open(
                MemoryStorage.create(), options.executor(Runnable::run).listener(events::add));
        items = keep.store(ITEMS);
        items.insert(item("a"));
        events.clear();
    }

    @AfterEach
    void close() {
        keep.close();
        assertThat(events.toString()).doesNotContain(SECRET);
    }

    private static Row item(String id) {
        return Row.of(ITEMS, id).with(NOTE, SECRET).with(STOCK, 5L);
    }

    @Test
    void readsAreHitsOrMisses() {
        items.get("a");
        items.get("nobody");
        items.update("a", row -> row.with(STOCK, 6L));

        assertThat(events.get(0)).isInstanceOfSatisfying(KeepEvent.CacheHit.class, hit -> {
            assertThat(hit.store()).isEqualTo("items");
            assertThat(hit.age()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
        });
        assertThat(events.get(1)).isInstanceOf(KeepEvent.CacheMiss.class);
        assertThat(events.get(2)).as("the closure's read").isInstanceOf(KeepEvent.CacheHit.class);
    }

    @Test
    void commitsAreToldInBatches() {
        items.insert(item("b"));

        assertThat(events).singleElement().isInstanceOfSatisfying(KeepEvent.BatchCommitted.class, batch -> {
            assertThat(batch.commits()).isEqualTo(1);
            assertThat(batch.changes()).isEqualTo(1);
            assertThat(batch.waiting()).isZero();
        });
    }

    @Test
    void conflictsNameTheirColumns() {
        VersionedRecord<String, Row> read = items.get("a").orElseThrow();
        items.update("a", row -> row.with(NOTE, SECRET + "!"));
        events.clear();
        items.apply(Edit.update(ITEMS, "a").set(NOTE, SECRET + "?").basedOn(read));

        assertThat(events).contains(new KeepEvent.ConflictFound("items", Conflict.Reason.CELLS, List.of("note")));
    }

    @Test
    void mergesNameTheirColumns() {
        VersionedRecord<String, Row> read = items.get("a").orElseThrow();
        items.update("a", row -> row.with(STOCK, 7L));
        events.clear();
        items.apply(Edit.update(ITEMS, "a").set(STOCK, 8L).basedOn(read)).orThrow();

        assertThat(events).contains(new KeepEvent.EditMerged("items", List.of("stock")));
    }

    @Test
    void rejectionsNameColumnAndRule() {
        items.apply(Edit.insert(ITEMS, item("b").with(NOTE, SECRET.repeat(3))));

        assertThat(events).contains(new KeepEvent.ValueRejected("items", "note", "length"));
    }

    @Test
    void lostRacesAreTold() {
        loseOneRace();

        assertThat(events).contains(new KeepEvent.WriteRetried("items", 1, Duration.ZERO));
    }

    private void loseOneRace() {
        AtomicBoolean isAgain = new AtomicBoolean();
        items.update("a", row -> {
            if (!isAgain.getAndSet(true)) {
                CompletableFuture.runAsync(
                                () -> items.apply(Edit.update(ITEMS, "a").add(STOCK, 1L)))
                        .join();
            }
            return row.with(STOCK, 9L);
        });
    }

    @Test
    void slowCallsAreTold() {
        keep.close();
        open(KeepOptions.defaults().slowCall(Duration.ofNanos(1)));
        items.get("nobody");
        items.insert(item("b"));

        assertThat(events)
                .filteredOn(KeepEvent.SlowCall.class::isInstance)
                .extracting(event -> ((KeepEvent.SlowCall) event).call())
                .containsExactly("read", "commit");
    }

    @Test
    void listenerThatFailsOrCallsBackHarmsNobody() {
        keep.close();
        keep = RowKeep.open(MemoryStorage.create(), KeepOptions.defaults().listener(event -> items.get("a")));
        items = keep.store(ITEMS);

        assertThat(items.insert(item("b")).version()).isEqualTo(1);
        assertThat(items.get("b")).isPresent();
    }

    @Test
    void flightRecorderHasCommitsLoadsAndRetries() throws IOException {
        Path file = directory.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("Commit", "Load", "Retry")) {
                recording.enable("dev.rowkeep." + name).withoutThreshold();
            }
            recording.start();
            items.get("nobody");
            loseOneRace();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> recorded = RecordingFile.readAllEvents(file);

        assertThat(recorded).anySatisfy(event -> {
            assertThat(event.getEventType().getName()).isEqualTo("dev.rowkeep.Commit");
            assertThat(event.getInt("commits")).isEqualTo(1);
            assertThat(event.getDuration("inStorage")).isPositive();
        });
        assertThat(recorded).anySatisfy(event -> {
            assertThat(event.getEventType().getName()).isEqualTo("dev.rowkeep.Load");
            assertThat(event.getString("store")).isEqualTo("items");
        });
        assertThat(recorded).anySatisfy(event -> {
            assertThat(event.getEventType().getName()).isEqualTo("dev.rowkeep.Retry");
            assertThat(event.getInt("attempt")).isEqualTo(1);
        });
        assertThat(recorded.toString()).doesNotContain(SECRET);
    }
}
