package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.AMOUNT;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.NAME;
import static dev.rowkeep.storage.tck.Stores.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a snapshot shows, whatever is committed while it is open. */
abstract class SnapshotContract extends ContractTests {
    private static final List<Object> KEYS = List.of("a", "b", "c", "d", "e", "never");

    SnapshotContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void aSnapshotOfNothingShowsNothing() {
        try (StorageSnapshot snapshot = storage().snapshot()) {
            commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
            assertThat(snapshot.head().sequence()).isZero();
            assertThat(snapshot.read(ITEMS, "a")).isNull();
            assertThat(snapshot.count(ITEMS, Condition.everything())).isZero();
            assertThat(Transcript.drain(snapshot.scan(ITEMS, Transcript.everything(ITEMS))))
                    .isEmpty();
        }
    }

    @Test
    void everyReadIsAsOfTheCommitThatWasNewest() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L)
                .put(ITEMS, "b", "bolt", "B1", 7L)
                .put(ITEMS, "c", "clamp", null, 9L)
                .put(COUNTERS, 1L, 1L));
        commit(draft -> draft.delete(ITEMS, "c"));
        List<String> before = shown(storage().snapshot());
        try (StorageSnapshot snapshot = storage().snapshot()) {
            commit(draft -> draft.put(ITEMS, "a", "awl", "B1", 50L)
                    .put(ITEMS, "c", "cog", null, 1L)
                    .put(ITEMS, "d", "drill", "D1", 6L)
                    .put(ITEMS, "b", "brush", "A1", 8L));
            commit(draft -> draft.delete(ITEMS, "b").put(COUNTERS, 1L, 2L).put(COUNTERS, 2L, 2L));
            assertThat(shown(snapshot)).isEqualTo(before);
            assertThat(snapshot.head().sequence()).isEqualTo(2);
            assertThat(storage().head().sequence()).isEqualTo(4);
        }
        List<String> after = shown(storage().snapshot());
        assertThat(after).isNotEqualTo(before).contains("read " + Transcript.of(image(ITEMS, "d")));
    }

    @Test
    void aSnapshotThatReadsLateShowsWhatWasThereWhenItWasOpened() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L));
        try (StorageSnapshot snapshot = storage().snapshot()) {
            commit(draft -> draft.put(COUNTERS, 1L, 2L).put(COUNTERS, 2L, 2L));
            assertThat(present(snapshot.read(COUNTERS, 1L)).cells()).containsExactly(1L);
            assertThat(snapshot.read(COUNTERS, 2L)).isNull();
        }
    }

    @Test
    void severalSnapshotsShowWhatEachWasOpenedOn() {
        List<StorageSnapshot> snapshots = new ArrayList<>();
        for (long i = 1; i <= 6; i++) {
            long value = i;
            commit(draft -> draft.put(COUNTERS, 1L, value).put(COUNTERS, 10 + value, value));
            snapshots.add(storage().snapshot());
        }
        snapshots.remove(2).close();
        for (StorageSnapshot snapshot : snapshots) {
            long sequence = snapshot.head().sequence();
            assertThat(present(snapshot.read(COUNTERS, 1L)).cells()).containsExactly(sequence);
            assertThat(snapshot.count(COUNTERS, Condition.everything())).isEqualTo(1 + sequence);
        }
        snapshots.forEach(StorageSnapshot::close);
    }

    @Test
    void pagesOfASnapshotFitTogether() {
        commit(draft -> {
            for (long i = 0; i < 50; i++) {
                draft.put(ITEMS, "i" + (100 + i), "name" + i % 7, null, i % 5);
            }
        });
        QuerySpec whole = query(ITEMS, Condition.everything(), Order.descending(NAME), Order.ascending(AMOUNT));
        try (StorageSnapshot snapshot = storage().snapshot()) {
            List<String> expected = keys(Transcript.drain(snapshot.scan(ITEMS, whole)));
            assertThat(expected).hasSize(50);
            List<String> paged = new ArrayList<>();
            QuerySpec page = new QuerySpec(whole.where(), whole.orders(), Optional.empty(), 7, whole.columns());
            for (List<Image> some = Transcript.drain(snapshot.scan(ITEMS, page)); !some.isEmpty(); ) {
                paged.addAll(keys(some));
                commit(draft ->
                        draft.put(ITEMS, "i1" + paged.size(), "other", null, 3L).delete(ITEMS, paged.get(0)));
                Image last = some.get(some.size() - 1);
                page = new QuerySpec(
                        whole.where(),
                        whole.orders(),
                        Optional.of(Oracle.place(ITEMS, whole.orders(), last)),
                        7,
                        whole.columns());
                some = Transcript.drain(snapshot.scan(ITEMS, page));
            }
            assertThat(paged).isEqualTo(expected);
        }
    }

    @Test
    void tombstonesAreThoseOfItsCommitAndItsStore() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L)
                .put(ITEMS, "b", "bolt", "B1", 7L)
                .put(ITEMS, "c", "clamp", null, 9L)
                .put(COUNTERS, 7L, 1L));
        commit(draft -> draft.delete(ITEMS, "a").delete(ITEMS, "b").delete(COUNTERS, 7L));
        try (StorageSnapshot snapshot = storage().snapshot()) {
            List<String> expected =
                    List.of(Transcript.of(snapshot.read(ITEMS, "a")), Transcript.of(snapshot.read(ITEMS, "b")));
            commit(draft -> draft.put(ITEMS, "a", "again", null, 1L).delete(ITEMS, "c"));
            assertThat(tombstones(snapshot, ITEMS)).isEqualTo(expected);
            assertThat(tombstones(snapshot, COUNTERS)).containsExactly(Transcript.of(snapshot.read(COUNTERS, 7L)));
            assertThat(snapshot.count(ITEMS, Condition.everything())).isEqualTo(1);
        }
        try (StorageSnapshot snapshot = storage().snapshot()) {
            assertThat(tombstones(snapshot, ITEMS))
                    .containsExactly(
                            Transcript.of(snapshot.read(ITEMS, "b")), Transcript.of(snapshot.read(ITEMS, "c")));
        }
    }

    private static List<String> tombstones(StorageSnapshot snapshot, StoreLayout layout) {
        return Transcript.drain(snapshot.tombstones(layout)).stream()
                .peek(image -> assertThat(image.isLive()).isFalse())
                .map(Transcript::of)
                .sorted()
                .toList();
    }

    @Test
    void aScanClosedBeforeItsEndLeavesTheSnapshotUsable() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L).put(COUNTERS, 2L, 2L));
        try (StorageSnapshot snapshot = storage().snapshot()) {
            try (var scan = snapshot.scan(COUNTERS, Transcript.everything(COUNTERS))) {
                assertThat(scan.next()).isNotNull();
            }
            commit(draft -> draft.put(COUNTERS, 3L, 3L));
            assertThat(snapshot.count(COUNTERS, Condition.everything())).isEqualTo(2);
            assertThat(snapshot.readAll(COUNTERS, List.of(1L, 2L, 3L))).hasSize(2);
        }
    }

    @Test
    void anInstallLeavesASnapshotAsItWas() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L));
        try (StorageSnapshot snapshot = storage().snapshot()) {
            StoreLayout wider = Stores.withColumn(ITEMS, VALUE);
            storage().install(wider);
            commit(draft -> draft.put(COUNTERS, 1L, 2L).put(wider, "a", "anvil", "A1", 5L, 6L));
            assertThat(present(snapshot.read(COUNTERS, 1L)).cells()).containsExactly(1L);
            assertThat(snapshot.count(COUNTERS, Condition.atLeast(VALUE, 2L))).isZero();
        }
    }

    /** Money moves between counters; their sum is the same in every snapshot, by every way to read it. */
    @Test
    void aSnapshotNeverShowsPartOfACommit() {
        List<Object> accounts = List.of(0L, 1L, 2L, 3L, 4L);
        commit(draft -> accounts.forEach(account -> draft.put(COUNTERS, account, 100L)));
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong acknowledged = new AtomicLong(1);
        try (Crew crew = new Crew()) {
            for (int reader = 0; reader < 2; reader++) {
                crew.start(() -> {
                    while (!done.get()) {
                        long least = acknowledged.get();
                        try (StorageSnapshot snapshot = storage().snapshot()) {
                            assertThat(snapshot.head().sequence()).isGreaterThanOrEqualTo(least);
                            assertThat(sum(snapshot.readAll(COUNTERS, accounts)))
                                    .isEqualTo(500);
                            assertThat(sum(Transcript.drain(snapshot.scan(COUNTERS, Transcript.everything(COUNTERS)))))
                                    .isEqualTo(500);
                            long newest = accounts.stream()
                                    .mapToLong(account -> present(snapshot.read(COUNTERS, account))
                                                    .changeId()
                                            >> dev.rowkeep.spi.ChangeId.ORDINAL_BITS)
                                    .max()
                                    .orElseThrow();
                            assertThat(newest).isEqualTo(snapshot.head().sequence());
                        }
                    }
                });
            }
            try {
                Random random = new Random(42);
                for (int i = 0; i < 300; i++) {
                    long from = random.nextInt(accounts.size());
                    long to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
                    commit(draft -> draft.put(COUNTERS, from, balance(draft, from) - 7)
                            .put(COUNTERS, to, balance(draft, to) + 7));
                    acknowledged.set(i + 2L);
                }
            } finally {
                done.set(true);
            }
        }
    }

    private static long balance(PlanDraft draft, long account) {
        return (Long) present(draft.current(COUNTERS, account)).cells()[0];
    }

    private static long sum(List<Image> images) {
        return images.stream().mapToLong(image -> (Long) image.cells()[0]).sum();
    }

    /** All that {@code snapshot} shows, which is left open if it is to be read again. */
    private static List<String> shown(StorageSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        for (Object key : KEYS) {
            lines.add("read " + Transcript.of(snapshot.read(ITEMS, key)));
        }
        snapshot.readAll(ITEMS, KEYS).stream().map(Transcript::of).sorted().forEach(lines::add);
        Transcript.drain(snapshot.scan(ITEMS, Transcript.everything(ITEMS))).forEach(i -> lines.add(Transcript.of(i)));
        QuerySpec byAmount = query(ITEMS, Condition.atLeast(AMOUNT, 6L), Order.descending(AMOUNT));
        Transcript.drain(snapshot.scan(ITEMS, byAmount)).forEach(image -> lines.add("query " + Transcript.of(image)));
        lines.add("count " + snapshot.count(ITEMS, Condition.atLeast(AMOUNT, 6L)));
        Transcript.drain(snapshot.scan(COUNTERS, Transcript.everything(COUNTERS)))
                .forEach(image -> lines.add("counter " + Transcript.of(image)));
        lines.add(Transcript.of(snapshot.head()));
        return lines;
    }
}
