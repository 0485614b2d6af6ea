package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.commit.Author;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that begins behind a commit, with the records that another storage has there. Where a storage cannot, all of it is skipped. */
abstract class BeginContract extends ContractTests {
    private static final int DEPTH = 12;
    private static final int MANY = 20_000;
    private static final long STEP = 10L;
    private static final Author NIGHTLY = Author.job("nightly");

    /** Deleted in the other storage. */
    private static final long GONE = 8L;

    private Bench other;

    @SuppressWarnings("NullAway.Init")
    BeginContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    /** What the test throws itself. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Counter 1 gets a version in each commit, every fifth a delete; items have unique codes, and a job writes last. */
    @BeforeEach
    final void fill() {
        other = new Bench(fixture(), ITEMS, COUNTERS);
        Assumptions.assumeTrue(canBegin(), "The storage cannot begin in the middle of a log");
        other.commit(draft -> {
            draft.at(STEP).put(ITEMS, "a", "first", "A", 1L).put(ITEMS, "b", "second", "B", null);
            draft.put(ITEMS, "c", null, "C", 3L).put(COUNTERS, GONE, 1L).put(COUNTERS, 1L, 1L);
            draft.next().at(2 * STEP).delete(ITEMS, "c").delete(COUNTERS, GONE).put(COUNTERS, 1L, 2L);
            for (long number = 3; number <= DEPTH; number++) {
                draft.next().by(number % 2 == 0 ? NIGHTLY : PlanDraft.ANA).at(number * STEP);
                if (number % 5 == 0) {
                    draft.delete(COUNTERS, 1L);
                } else {
                    draft.put(COUNTERS, 1L, number);
                }
            }
        });
    }

    @AfterEach
    final void closeOther() {
        other.close();
    }

    private boolean canBegin() {
        try {
            storage().begin(new Head(1, 1, new byte[32]), sink -> {
                throw new Thrown();
            });
        } catch (Thrown e) {
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
        throw new AssertionError("begin() returned without having asked for the records");
    }

    private Head place() {
        return other.storage().head();
    }

    private StartingRecords records() {
        return sink -> {
            for (StoreLayout layout : List.of(COUNTERS, ITEMS)) {
                all(other.storage(), layout).forEach(image -> sink.accept(layout, image));
            }
        };
    }

    private void begin() {
        storage().begin(place(), records());
    }

    /** The live records and the tombstones of a store, as a snapshot gives them. */
    private static List<Image> all(Storage storage, StoreLayout layout) {
        try (StorageSnapshot snapshot = storage.snapshot()) {
            List<Image> images =
                    new ArrayList<>(Transcript.drain(snapshot.scan(layout, Transcript.everything(layout))));
            images.addAll(Transcript.drain(snapshot.tombstones(layout)));
            return images;
        }
    }

    private static List<String> texts(Storage storage) {
        List<String> lines = new ArrayList<>();
        for (StoreLayout layout : List.of(ITEMS, COUNTERS)) {
            lines.add(layout.name() + " " + storage.count(layout, Condition.everything()));
            for (Image image : all(storage, layout)) {
                lines.add("in a snapshot " + Transcript.of(image));
                lines.add("read " + Transcript.of(storage.read(layout, image.key())));
            }
            Transcript.drain(storage.scan(layout, Transcript.everything(layout)))
                    .forEach(image -> lines.add("scan " + Transcript.of(image)));
        }
        return lines;
    }

    private void assertBegun() {
        assertThat(Transcript.of(storage().head())).isEqualTo(Transcript.of(place()));
        assertThat(Transcript.of(storage().start())).isEqualTo(Transcript.of(place()));
        assertThat(texts(storage())).isEqualTo(texts(other.storage()));
        assertThat(storage().commitsAfter(0, Integer.MAX_VALUE)).isEmpty();
        assertThat(storage().commitAt(DEPTH)).isEmpty();
        assertThat(storage().versions(COUNTERS, 1L, DEPTH, 1)).isEmpty();
        assertThat(storage().check()).isEmpty();
    }

    private void assertNotBegun() {
        assertThat(Transcript.of(storage().head())).isEqualTo(Transcript.of(Head.empty()));
        assertThat(Transcript.of(storage().start())).isEqualTo(Transcript.of(Head.empty()));
        assertThat(all(storage(), ITEMS)).isEmpty();
        assertThat(all(storage(), COUNTERS)).isEmpty();
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void itHoldsTheRecordsOfThePlaceItBeginsBehind() {
        begin();
        assertBegun();
        bench().reopen();
        assertBegun();
        bench().reopen(Access.READ_ONLY);
        assertBegun();
    }

    @Test
    void recordsKeepWhoTouchedThemLast() {
        begin();
        Image image = image(COUNTERS, 1L);
        assertThat(image.author()).isEqualTo(NIGHTLY);
        assertThat(image.userAuthor()).isEqualTo(PlanDraft.ANA.name());
        assertThat(image.userTimeMicros()).isEqualTo((DEPTH - 1) * STEP);
        assertThat(image(COUNTERS, GONE).isLive()).isFalse();
    }

    @Test
    void commitsGoOnFromThere() {
        begin();
        String place = Transcript.of(place());
        Consumer<PlanDraft> more = draft -> {
            draft.put(COUNTERS, 1L, 7L).put(COUNTERS, GONE, 2L).put(ITEMS, "d", "new", "C", 4L);
            draft.next().delete(ITEMS, "a").put(COUNTERS, 1L, 8L).next().put(ITEMS, "b", "moved", "A", 1L);
        };
        other.commit(more);
        assertHolds(commit(more));
        assertThat(texts(storage())).isEqualTo(texts(other.storage()));
        assertThat(storage().head().sequence()).isEqualTo(DEPTH + 3);
        assertThat(storage().commitsAfter(0, 9).stream().map(Transcript::of))
                .isEqualTo(other.storage().commitsAfter(DEPTH, 9).stream()
                        .map(Transcript::of)
                        .toList());
        assertThat(storage().versions(COUNTERS, 1L, Long.MAX_VALUE, 1).stream().map(Transcript::of))
                .isEqualTo(other.storage().versions(COUNTERS, 1L, Long.MAX_VALUE, DEPTH + 1).stream()
                        .map(Transcript::of)
                        .toList());
        bench().reopen();
        assertThat(texts(storage())).isEqualTo(texts(other.storage()));
        assertThat(Transcript.of(storage().start())).isEqualTo(place);
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void versionsAndPlacesAreKnownFromThereOn() {
        begin();
        commit(draft -> draft.at(500).put(COUNTERS, 1L, 7L).put(COUNTERS, 2L, 1L));
        for (int sequence = DEPTH; sequence <= DEPTH + 1; sequence++) {
            assertThat(storage().versionAt(COUNTERS, 1L, sequence)).isEqualTo(sequence);
            assertThat(storage().versionAt(COUNTERS, 2L, sequence)).isEqualTo(sequence - DEPTH);
            assertThat(storage().versionAt(COUNTERS, GONE, sequence)).isEqualTo(2);
            assertThat(storage().versionAt(ITEMS, "b", sequence)).isEqualTo(1);
        }
        assertThat(storage().sequenceAt(DEPTH * STEP - 1)).isZero();
        assertThat(storage().sequenceAt(DEPTH * STEP)).isEqualTo(DEPTH);
        assertThat(storage().sequenceAt(499)).isEqualTo(DEPTH);
        assertThat(storage().sequenceAt(500)).isEqualTo(DEPTH + 1);
    }

    @Test
    void uniqueValuesAreGuarded() {
        begin();
        assertFailsAs(Kind.UNIQUE_TAKEN, () -> commit(draft -> draft.put(ITEMS, "d", "other", "B", null)));
        assertBegun();
        assertHolds(commit(draft -> draft.put(ITEMS, "d", "other", "C", null)));
    }

    @Test
    void plansThatDoNotStandOnTheRecordsAreStale() {
        begin();
        for (long key : new long[] {1L, GONE}) {
            assertFailsAs(
                    Kind.STALE,
                    () -> commit(draft -> draft.standingOn(COUNTERS, key, null).put(COUNTERS, key, 1L)));
        }
        assertBegun();
    }

    @Test
    void recordsThatShareAUniqueValueAreRefusedWhole() {
        assertFailsAs(
                Kind.UNIQUE_TAKEN,
                () -> storage().begin(place(), sink -> {
                    records().feedTo(sink);
                    sink.accept(ITEMS, live("d", "another", "A", null));
                }));
        assertNotBegun();
        begin();
        assertBegun();
    }

    @Test
    void whatTheSourceThrowsPassesAndNothingIsThere() {
        for (int fed : new int[] {0, 5, MANY}) {
            Thrown thrown = new Thrown();
            assertThatThrownBy(() -> storage().begin(place(), sink -> {
                        feed(fed, sink);
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertNotBegun();
        }
        bench().reopen();
        assertNotBegun();
        begin();
        assertBegun();
    }

    /** Gives so many counters, one by one. */
    private static void feed(int count, BiConsumer<StoreLayout, Image> sink) {
        for (long key = 1; key <= count; key++) {
            sink.accept(COUNTERS, key % 4 == 0 ? tombstone(key) : live(key, key));
        }
    }

    private static Image live(Object key, @Nullable Object... cells) {
        return new Image(
                key, 3, ChangeId.of(2, 1), Liveness.LIVE, cells, PlanDraft.ANA, STEP, PlanDraft.ANA.name(), STEP);
    }

    private static Image tombstone(Object key) {
        Object[] none = {};
        return new Image(key, 2, ChangeId.of(1, 1), Liveness.TOMBSTONE, none, NIGHTLY, STEP, null, 0);
    }

    @Test
    void manyRecordsAreTaken() {
        storage().begin(place(), sink -> feed(MANY, sink));
        bench().reopen();
        assertThat(storage().count(COUNTERS, Condition.everything())).isEqualTo(MANY / 4 * 3);
        for (long key = 1; key <= MANY; key += 997) {
            assertThat(Transcript.of(storage().read(COUNTERS, key)))
                    .isEqualTo(Transcript.of(key % 4 == 0 ? tombstone(key) : live(key, key)));
        }
        try (StorageSnapshot snapshot = storage().snapshot()) {
            assertThat(Transcript.drain(snapshot.tombstones(COUNTERS))).hasSize(MANY / 4);
        }
        assertHolds(commit(draft -> draft.put(COUNTERS, 4L, 1L).put(COUNTERS, 5L, 1L)));
    }

    @Test
    void readersSeeNothingOrAll() {
        try (StorageSnapshot before = storage().snapshot()) {
            begin();
            assertThat(before.head().sequence()).isZero();
            assertThat(before.count(COUNTERS, Condition.everything())).isZero();
            assertThat(before.read(ITEMS, "a")).isNull();
            assertThat(Transcript.drain(before.tombstones(COUNTERS))).isEmpty();
        }
        try (StorageSnapshot after = storage().snapshot()) {
            assertThat(Transcript.of(after.head())).isEqualTo(Transcript.of(place()));
            assertThat(after.read(ITEMS, "a")).isNotNull();
        }
    }

    @Test
    void whatHasBegunDoesNotBeginAgain() {
        begin();
        assertRefusedToBegin();
        assertBegun();
        bench().reopen();
        assertRefusedToBegin();
        assertBegun();
    }

    @Test
    void aLogWithCommitsDoesNotBegin() {
        commit(draft -> draft.put(COUNTERS, 5L, 1L));
        assertUnchanged(this::assertRefusedToBegin);
        assertHolds(commit(draft -> draft.put(COUNTERS, 6L, 1L)));
    }

    private void assertRefusedToBegin() {
        Head later = new Head(99, 99, new byte[32]);
        assertFailsAs(Kind.PERMANENT, () -> storage().begin(later, sink -> sink.accept(COUNTERS, live(99L, 99L))));
        assertThat(storage().read(COUNTERS, 99L)).isNull();
    }

    @Test
    void aStorageThatIsOpenForReadingDoesNotBegin() {
        bench().reopen(Access.READ_ONLY);
        assertFailsAs(Kind.PERMANENT, this::begin);
        bench().reopen();
        assertNotBegun();
    }

    @Test
    void theCommitsAfterItMayBeDropped() {
        begin();
        Assumptions.assumeTrue(canDrop(), "The storage keeps its whole log");
        storage().dropThrough(DEPTH);
        assertBegun();
        commit(draft -> draft.put(COUNTERS, 1L, 7L).next().put(COUNTERS, 1L, 8L));
        storage().dropThrough(DEPTH + 1);
        assertThat(storage().start().sequence()).isEqualTo(DEPTH + 1);
        assertThat(storage().commitsAfter(0, 9)).hasSize(1);
        assertThat(storage().versionAt(COUNTERS, 1L, DEPTH + 1)).isEqualTo(DEPTH + 1);
    }

    private boolean canDrop() {
        try {
            storage().dropThrough(DEPTH - 1);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }
}
