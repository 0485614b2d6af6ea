package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes whose contents are dropped and that stay otherwise. Of a storage that cannot do so, all of it is skipped. */
abstract class DroppedContentsContract extends ContractTests {
    private static final int DEPTH = 60;
    private static final int LIMIT = 37;
    private static final byte[] GONE = {'g', 'o', 'n', 'e'};

    private List<LoggedCommit> log;
    private List<String> records;

    @SuppressWarnings("NullAway.Init")
    DroppedContentsContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    /** Counter 1 has a version in each of 60 commits, every seventh a delete; item "a" one in every fifth. */
    @BeforeEach
    final void fill() {
        Assumptions.assumeTrue(canDrop(), "The storage cannot drop contents");
        commit(draft -> {
            for (long number = 1; number <= DEPTH; number++) {
                if (number % 7 == 0) {
                    draft.delete(COUNTERS, 1L);
                } else {
                    draft.put(COUNTERS, 1L, number);
                }
                draft.put(COUNTERS, 100 + number, number);
                if (number % 5 == 0) {
                    draft.put(ITEMS, "a", "n" + number, null, number);
                }
                draft.next();
            }
        });
        log = storage().commitsAfter(0, Integer.MAX_VALUE);
        records = records();
    }

    private boolean canDrop() {
        try {
            storage().dropContents(List.of());
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private List<String> records() {
        List<String> lines = new ArrayList<>();
        for (StoreLayout layout : List.of(ITEMS, COUNTERS)) {
            Transcript.drain(storage().scan(layout, Transcript.everything(layout)))
                    .forEach(image -> lines.add(Transcript.of(image)));
        }
        lines.add(Transcript.of(storage().read(COUNTERS, 1L)));
        return lines;
    }

    /** Of the counter that has a version in each commit, the changes up to one. */
    private static Predicate<LoggedChange> counterThrough(long version) {
        return change -> change.storeId() == COUNTERS.id() && change.key().equals(1L) && change.version() <= version;
    }

    static LoggedChange withoutContents(LoggedChange change) {
        return change.withContents(GONE, null);
    }

    private List<LoggedChange> dropped(Predicate<LoggedChange> meant) {
        return log.stream()
                .flatMap(commit -> commit.changes().stream())
                .filter(meant)
                .map(DroppedContentsContract::withoutContents)
                .toList();
    }

    private void drop(Predicate<LoggedChange> meant) {
        storage().dropContents(dropped(meant));
    }

    private void assertDropped(Predicate<LoggedChange> meant) {
        assertDropped(meant, 0);
    }

    /** Checks that the log after {@code cut} is as it was but for these contents, whoever reads it how, and all else is as it was. */
    private void assertDropped(Predicate<LoggedChange> meant, int cut) {
        List<LoggedCommit> expected = log.subList(cut, DEPTH).stream()
                .map(commit -> new LoggedCommit(
                        commit.header(),
                        commit.changes().stream()
                                .map(change -> meant.test(change) ? withoutContents(change) : change)
                                .toList(),
                        commit.hash()))
                .toList();
        assertThat(texts(storage().commitsAfter(0, Integer.MAX_VALUE))).isEqualTo(texts(expected));
        List<String> versions = new ArrayList<>();
        expected.forEach(commit -> commit.changes().stream()
                .filter(counterThrough(Long.MAX_VALUE))
                .forEach(change -> versions.add(0, Transcript.of(new LoggedVersion(commit.header(), change)))));
        assertThat(storage().versions(COUNTERS, 1L, DEPTH, 1).stream().map(Transcript::of))
                .isEqualTo(versions);
        List<byte[]> deltas = new ArrayList<>();
        storage().changes(COUNTERS, cut, Long.MAX_VALUE, change -> deltas.add(change.delta()));
        assertThat(deltas)
                .usingRecursiveComparison()
                .isEqualTo(expected.stream()
                        .flatMap(commit -> commit.changes().stream())
                        .filter(change -> change.storeId() == COUNTERS.id())
                        .map(LoggedChange::delta)
                        .toList());
        for (int sequence = Math.max(cut, 1); sequence <= DEPTH; sequence++) {
            assertThat(storage().versionAt(COUNTERS, 1L, sequence)).isEqualTo(sequence);
            assertThat(storage().versionAt(ITEMS, "a", sequence)).isEqualTo(sequence / 5);
        }
        assertThat(records()).isEqualTo(records);
        assertThat(storage().check()).isEmpty();
    }

    private static List<String> texts(List<LoggedCommit> commits) {
        return commits.stream().map(Transcript::of).toList();
    }

    private void assertThrough(long counters, long items) {
        assertThat(storage().contentsDroppedThrough(COUNTERS)).isEqualTo(counters);
        assertThat(storage().contentsDroppedThrough(ITEMS)).isEqualTo(items);
    }

    @Test
    void nothingIsDroppedAtFirstAndNothingByNone() {
        storage().dropContents(List.of());
        assertDropped(change -> false);
        assertThrough(0, 0);
    }

    @Test
    void whatIsDroppedIsGoneAndTheRestIsAsItWas() {
        drop(counterThrough(LIMIT));
        assertDropped(counterThrough(LIMIT));
        assertThrough(LIMIT, 0);
    }

    @Test
    void itStaysDroppedWhenReopened() {
        drop(counterThrough(LIMIT));
        bench().reopen();
        assertDropped(counterThrough(LIMIT));
        assertThrough(LIMIT, 0);
        bench().reopen(Access.READ_ONLY);
        assertDropped(counterThrough(LIMIT));
        assertThrough(LIMIT, 0);
    }

    @Test
    void itIsDroppedInStepsAndTwiceIsAsOnce() {
        for (int through = 5; through <= LIMIT; through += 4) {
            drop(counterThrough(through));
            drop(counterThrough(through - 3));
            drop(counterThrough(through));
            assertDropped(counterThrough(through));
            assertThrough(through, 0);
        }
    }

    @Test
    void changesOfSeveralStoresInOneCommitAreDroppedEachByItself() {
        Predicate<LoggedChange> items = change -> change.storeId() == ITEMS.id() && change.version() <= 4;
        drop(counterThrough(LIMIT).or(items));
        assertDropped(counterThrough(LIMIT).or(items));
        assertThrough(LIMIT, 20);
    }

    @Test
    void whatIsNotInTheLogAnyMoreIsPassedOver() {
        storage().dropThrough(20);
        drop(counterThrough(LIMIT));
        assertDropped(counterThrough(LIMIT), 20);
        assertThrough(LIMIT, 0);
    }

    @Test
    void whatCameBeforeIsDroppedLater() {
        drop(counterThrough(LIMIT));
        storage().dropThrough(20);
        assertDropped(counterThrough(LIMIT), 20);
        storage().dropThrough(LIMIT + 3);
        assertDropped(counterThrough(LIMIT), LIMIT + 3);
        assertThrough(LIMIT, 0);
        bench().reopen();
        assertDropped(counterThrough(LIMIT), LIMIT + 3);
    }

    @Test
    void writersGoOn() {
        drop(counterThrough(LIMIT));
        CommitPlan plan = commit(draft ->
                draft.put(COUNTERS, 1L, 2L).delete(COUNTERS, 101L).next().put(COUNTERS, 101L, 3L));
        assertHolds(plan);
        assertThat(storage().head().sequence()).isEqualTo(DEPTH + 2);
        bench().reopen();
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 4L)));
        assertThrough(LIMIT, 0);
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void openSnapshotsStay() {
        try (StorageSnapshot snapshot = storage().snapshot()) {
            drop(counterThrough(LIMIT));
            assertThat(Transcript.of(snapshot.read(COUNTERS, 101L)))
                    .isEqualTo(Transcript.of(storage().read(COUNTERS, 101L)));
            assertThat(snapshot.head().sequence()).isEqualTo(DEPTH);
        }
    }

    @Test
    void whoDecidesSeesThem() {
        drop(counterThrough(LIMIT));
        commit(draft -> assertThat(draft.view().changesAfter(COUNTERS, 0, 1_000).stream()
                        .filter(change -> change.delta().length == GONE.length))
                .hasSize(LIMIT));
    }

    @Test
    void nothingIsDroppedThroughAHandleForReading() {
        bench().reopen(Access.READ_ONLY);
        assertUnchanged(() -> assertFailsAs(StorageException.Kind.PERMANENT, () -> drop(counterThrough(LIMIT))));
    }

    /** Neighbours in one commit are told apart by their ids. */
    @Test
    void oneChangeOfManyInACommitIsDropped() {
        commit(draft -> Stream.iterate(0L, i -> i + 1).limit(500).forEach(i -> draft.put(COUNTERS, 1_000 + i, i)));
        LoggedCommit large = storage().commitAt(DEPTH + 1).orElseThrow();
        LoggedChange one = large.changes().get(250);
        storage().dropContents(List.of(withoutContents(one)));
        List<LoggedChange> now = storage().commitAt(DEPTH + 1).orElseThrow().changes();
        assertThat(now).hasSize(500);
        for (int i = 0; i < now.size(); i++) {
            assertThat(now.get(i).delta())
                    .isEqualTo(i == 250 ? GONE : large.changes().get(i).delta());
        }
        assertThrough(ChangeId.sequence(one.id()), 0);
    }

    @Test
    void spaceIsGivenBackUntilThereIsNoMore() {
        drop(counterThrough(LIMIT));
        int steps = 0;
        while (storage().reclaim()) {
            assertThat(steps++).isLessThan(1_000);
        }
        assertDropped(counterThrough(LIMIT));
        bench().reopen();
        assertDropped(counterThrough(LIMIT));
        assertThrough(LIMIT, 0);
    }
}
