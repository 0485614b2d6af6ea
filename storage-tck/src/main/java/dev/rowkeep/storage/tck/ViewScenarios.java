package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.ClosedException;
import dev.rowkeep.log.UnknownPositionException;
import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.ReadView;
import dev.rowkeep.store.RecordReader;
import dev.rowkeep.store.RecordStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole stores as of a place in the log. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class ViewScenarios extends EngineScenarios {
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());

    /** More commits than core reads without giving them a thread of their own. */
    private static final int MANY = 1_000;

    private final Schema<String, Row> others = Schema.dynamic("others", ID, USES);
    private final List<TreeMap<String, VersionedRecord<String, Row>>> copies = new ArrayList<>();

    /** For the fixture's author. */
    @SuppressWarnings("NullAway.Init")
    protected ViewScenarios() {}

    @Test
    void viewIsWhatTheStoreWasAtEveryPosition() {
        Random random = new Random(SEED);
        editAtRandom(random, 250);

        for (int sequence = 0; sequence < copies.size(); sequence++) {
            assertView(sequence);
        }
        keep.close();
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);
        for (int i = 0; i < 20; i++) {
            assertView(random.nextInt(copies.size()));
        }
    }

    @Test
    void viewsMadeWhileOthersWriteAreOfTheirPlaceAlone() throws Exception {
        Random random = new Random(SEED);
        editAtRandom(random, 60);
        int known = copies.size();
        Future<?> writing = threads.submit(() -> editAtRandom(new Random(SEED + 1), 400));
        do {
            assertView(random.nextInt(known));
        } while (!writing.isDone());
        writing.get();
    }

    @Test
    void viewOfAPlaceManyCommitsBackIsWhatTheStoreWasThere() {
        store.insert(template("counted").with(USES, 0L));
        count(MANY);
        editAtRandom(new Random(SEED), 30);
        Position place = keep.log().head();
        List<VersionedRecord<String, Row>> there = store.query().list();
        count(MANY);
        editAtRandom(new Random(SEED + 1), 30);
        store.delete("counted");

        assertThat(keep.log().head().sequence()).isGreaterThan(place.sequence() + MANY);
        assertThat(store.asOf(place).query().list()).as("seed %d", SEED).isEqualTo(there);
    }

    /** As many commits. */
    private void count(int commits) {
        List<CompletableFuture<WriteResult<String, Row>>> writes = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            writes.add(store.applyAsync(Edit.update(templates, "counted").add(USES, 1L)));
        }
        writes.forEach(write -> write.join().orThrow());
    }

    /** Edits of any kind, each a commit after which a copy is kept; some touch another store, too, or only that. */
    private void editAtRandom(Random random, int commits) {
        RecordStore<String, Row> other = keep.store(others);
        if (copies.isEmpty()) {
            copies.add(new TreeMap<>());
        }
        for (int i = 0; i < commits; i++) {
            List<Edit<?, ?>> edits = new ArrayList<>();
            for (int key = random.nextInt(3); key < 12; key += 1 + random.nextInt(12)) {
                edits.add(randomEdit("t" + key, random, i));
            }
            if (edits.isEmpty() || random.nextInt(5) == 0) {
                edits.add(
                        other.exists("o")
                                ? Edit.update(others, "o").add(USES, 1L)
                                : Edit.insert(others, Row.of(others, "o").with(USES, 0L)));
            }
            Author author = random.nextBoolean() ? Author.user("ana") : Author.job("sync");
            keep.session(author).commit(edits).orThrow();
            TreeMap<String, VersionedRecord<String, Row>> copy = new TreeMap<>();
            store.query().list().forEach(record -> copy.put(record.key(), record));
            if (keep.log().head().sequence() == copies.size()) { // else everything was as it should be already
                copies.add(copy);
            }
        }
    }

    private Edit<String, Row> randomEdit(String key, Random random, int i) {
        Optional<VersionedRecord<String, Row>> there = store.get(key);
        if (there.isEmpty()) {
            return Edit.insert(templates, template(key).with(NAME, null).with(LOW, random.nextBoolean() ? null : 1L));
        }
        long version = there.get().version();
        return switch (random.nextInt(6)) {
            case 0 -> Edit.delete(templates, key).expecting(version);
            case 1 -> Edit.update(templates, key).set(SECTIONS, "text " + i).expecting(version);
            case 2 -> Edit.update(templates, key).set(SECTIONS, null).expecting(version);
            default -> Edit.update(templates, key).add(USES, 1L);
        };
    }

    private void assertView(int sequence) {
        ReadView<String, Row> view = store.asOf(at(sequence));
        assertThat(view.position()).isEqualTo(at(sequence));
        assertThat(view.query().list())
                .as("position %d, seed %d", sequence, SEED)
                .isEqualTo(List.copyOf(copies.get(sequence).values()));
    }

    private Position at(long sequence) {
        Position start = keep.log().start();
        return new Position(start.incarnation(), start.partition(), start.epoch(), sequence);
    }

    @Test
    void viewReadsLikeTheStore() {
        for (int i = 0; i < 25; i++) {
            store.insert(template("t" + i).with(USES, (long) i % 4));
        }
        store.delete("t3");
        ReadView<String, Row> view = store.asOf(keep.log().head());
        List<String> before = readings(store);
        assertThat(readings(view)).isEqualTo(before);

        store.update("t1", row -> row.with(USES, 99L));
        store.delete("t2");
        store.insert(template("t3"));
        assertThat(readings(view)).isEqualTo(before);
        assertThat(readings(store.asOf(view.position()))).isEqualTo(before);
        assertThat(readings(store)).isNotEqualTo(before);
    }

    /** What every method of a reader gives. */
    private List<String> readings(RecordReader<String, Row> reader) {
        var query = reader.where(Condition.atLeast(USES, 1L)).orderBy(Order.descending(USES));
        List<String> readings = new ArrayList<>();
        for (String key : List.of("t1", "t2", "t3", "never")) {
            readings.add(reader.get(key).toString() + reader.exists(key));
        }
        readings.add(reader.getAll(List.of("t2", "never", "t1")).toString());
        readings.add(query.list().toString()
                + query.count()
                + query.first()
                + query.limit(3).list());
        readings.add(query.select(ID, USES).stream().map(Row::toMap).toList().toString());
        Page<VersionedRecord<String, Row>> page = query.page(4);
        readings.add(page.items().toString());
        while (page.next().isPresent()) {
            page = query.page(4, page.next().get());
            readings.add(page.items().toString());
        }
        Grouping<Long> uses = Grouping.by(USES);
        query.groupBy(uses)
                .select(Aggregate.count())
                .forEach(group -> readings.add(group.get(uses) + ": " + group.get(Aggregate.count())));
        return readings;
    }

    @Test
    void positionsThatTheLogDoesNotHaveAreRefused() {
        store.insert(template("t1"));
        Position head = keep.log().head();
        List<Position> unknown = List.of(
                at(2),
                new Position(UUID.randomUUID(), head.partition(), head.epoch(), 1),
                new Position(head.incarnation(), 1, head.epoch(), 1),
                new Position(head.incarnation(), head.partition(), head.epoch() + 1, 1));
        for (Position position : unknown) {
            assertThatExceptionOfType(UnknownPositionException.class)
                    .isThrownBy(() -> store.asOf(position))
                    .satisfies(e -> assertThat(e.position()).isEqualTo(position))
                    .satisfies(e -> assertThat(e.head()).isEqualTo(head));
            assertThatExceptionOfType(UnknownPositionException.class).isThrownBy(() -> store.asOf("t1", position));
        }
        assertThat(store.asOf(head).exists("t1")).isTrue();
    }

    @Test
    void viewAsOfAMomentShowsItsCommitsAndNoneAfter() {
        keep.close();
        Instant noon = Instant.parse("2100-01-01T12:00:00Z");
        List<Instant> commits = List.of(noon, noon, noon.plusSeconds(60));
        for (int i = 0; i < commits.size(); i++) {
            KeepOptions then = options().clock(Clock.fixed(commits.get(i), ZoneOffset.UTC));
            keep = RowKeep.open(storage, then);
            store = keep.store(templates);
            store.insert(template("t" + i));
            keep.close();
        }
        keep = RowKeep.open(storage, options());
        store = keep.store(templates);
        assertThat(store.asOf(noon.minusNanos(1_000)).query().count()).isZero();
        assertThat(store.asOf(noon).query().count()).isEqualTo(2);
        assertThat(store.asOf(noon).position().sequence()).isEqualTo(2);
        assertThat(store.asOf(noon.plus(Duration.ofSeconds(59))).query().count())
                .isEqualTo(2);
        assertThat(store.asOf(noon.plusSeconds(60)).query().count()).isEqualTo(3);
        assertThat(store.asOf(Instant.MAX).query().count()).isEqualTo(3);
        assertThat(store.asOf(Instant.MIN).query().count()).isZero();
        assertThat(store.asOf("t0", Instant.MAX)).isPresent();
        assertThat(store.asOf("t0", Instant.MIN)).isEmpty();
    }

    @Test
    void viewsSpanTheMakingOfStoresAndColumns() {
        Schema<String, Row> first = Schema.dynamic("grown", ID, USES);
        keep.store(first).insert(Row.of(first, "g1").with(USES, 7L));
        Position early = keep.log().head();
        keep.close();
        Column<String> added = Column.text("added");
        Schema<String, Row> grown = Schema.dynamic("grown", ID, added, USES);
        keep = RowKeep.open(storage, options());
        RecordStore<String, Row> records = keep.store(grown);
        records.update("g1", row -> row.with(added, "new").with(USES, 8L));
        records.insert(Row.of(grown, "g2").with(added, "new"));

        for (int rounds = 0; rounds < 5; rounds++) {
            Row then = records.asOf(early).get("g1").orElseThrow().value();
            assertThat(then.get(added)).isNull();
            assertThat(then.get(USES)).isEqualTo(7);
            assertThat(records.asOf(early).query().count()).isEqualTo(1);
            records.update("g1", row -> row.with(USES, row.require(USES) + 1)); // so that the other end comes nearer
        }
        assertThat(records.asOf(at(0)).query().list()).isEmpty();
        assertThat(keep.store(templates).asOf(early).query().list()).isEmpty();
    }

    @Test
    void viewIsReadNoMoreAfterItsHandleWasClosed() {
        ReadView<String, Row> view = store.asOf(keep.log().head());
        keep.close();
        assertThatExceptionOfType(ClosedException.class).isThrownBy(() -> view.get("t1"));
        assertThatExceptionOfType(ClosedException.class)
                .isThrownBy(() -> view.query().list());
    }
}
