package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log whose oldest commits are dropped. Of a storage that keeps its whole log, all of it is skipped. */
abstract class DroppedLogContract extends ContractTests {
    private static final int DEPTH = 60;
    private static final int CUT = 37;
    private static final long STEP = 10L;

    /** Never changed after the first commit. */
    private static final long STILL = 7L;

    /** Deleted by the second commit. */
    private static final long GONE = 8L;

    private List<LoggedCommit> log;
    private List<LoggedVersion> versions;
    private List<String> records;

    DroppedLogContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    /** Counter 1 has a version in each of 60 commits, every seventh a delete; item "a" one in every fifth. */
    @BeforeEach
    final void fill() {
        commit(draft -> {
            draft.at(STEP).put(COUNTERS, STILL, 1L).put(COUNTERS, GONE, 1L).put(COUNTERS, 1L, 1L);
            draft.next().at(2 * STEP).delete(COUNTERS, GONE).put(COUNTERS, 1L, 2L);
            for (long number = 3; number <= DEPTH; number++) {
                draft.next().at(number * STEP);
                if (number % 7 == 0) {
                    draft.delete(COUNTERS, 1L);
                } else {
                    draft.put(COUNTERS, 1L, number);
                }
                if (number % 5 == 0) {
                    draft.put(ITEMS, "a", "n" + number, null, number);
                }
            }
        });
        commit(draft -> draft.request("r", 1));
        log = storage().commitsAfter(0, Integer.MAX_VALUE);
        versions = storage().versions(COUNTERS, 1L, DEPTH, 1);
        records = records();
        Assumptions.assumeTrue(canDrop(), "The storage keeps its whole log");
    }

    private boolean canDrop() {
        try {
            storage().dropThrough(0);
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
        lines.add(Transcript.of(storage().read(COUNTERS, GONE)));
        lines.add(Transcript.of(storage().read(COUNTERS, 1L)));
        return lines;
    }

    private static List<String> texts(List<LoggedCommit> commits) {
        return commits.stream().map(Transcript::of).toList();
    }

    private void assertDroppedThrough(int cut) {
        LoggedCommit last = log.get(cut - 1);
        assertThat(Transcript.of(storage().start()))
                .isEqualTo(Transcript.of(new Head(cut, last.header().timeMicros(), last.hash())));
        assertThat(texts(storage().commitsAfter(0, Integer.MAX_VALUE))).isEqualTo(texts(log.subList(cut, DEPTH)));
        assertThat(records()).isEqualTo(records);
        assertThat(storage().head().sequence()).isEqualTo(DEPTH);
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void aLogBeginsAtItsFirstCommit() {
        assertThat(Transcript.of(storage().start())).isEqualTo(Transcript.of(Head.empty()));
    }

    @Test
    void whatIsDroppedIsGoneAndTheRestIsAsItWas() {
        storage().dropThrough(CUT);
        assertDroppedThrough(CUT);
        assertThat(storage().commitAt(CUT)).isEmpty();
        assertThat(storage().commitAt(1)).isEmpty();
        assertThat(storage().commitAt(CUT + 1)).isPresent();
        assertThat(texts(storage().commitsAfter(DEPTH - 1, 5))).isEqualTo(texts(log.subList(DEPTH - 1, DEPTH)));
    }

    @Test
    void itStaysDroppedWhenReopened() {
        storage().dropThrough(CUT);
        bench().reopen();
        assertDroppedThrough(CUT);
    }

    @Test
    void itIsDroppedInStepsAndTwiceIsAsOnce() {
        for (int through = 5; through <= CUT; through += 4) {
            storage().dropThrough(through);
            storage().dropThrough(through - 2);
            storage().dropThrough(through);
            assertDroppedThrough(through);
        }
    }

    @Test
    void versionsOfDroppedCommitsAreLeftOut() {
        storage().dropThrough(CUT);
        List<String> left =
                versions.subList(0, DEPTH - CUT).stream().map(Transcript::of).toList();
        assertThat(storage().versions(COUNTERS, 1L, DEPTH, 1).stream().map(Transcript::of))
                .isEqualTo(left);
        assertThat(storage().versions(COUNTERS, 1L, CUT, 1)).isEmpty();
        assertThat(storage().versions(COUNTERS, 1L, CUT + 3, CUT - 3)).hasSize(3);
        assertThat(storage().versions(COUNTERS, STILL, 1, 1)).isEmpty();
        assertThat(storage().versions(COUNTERS, GONE, 2, 1)).isEmpty();
    }

    @Test
    void theVersionAsOfAPlaceIsKnownFromTheCutOn() {
        storage().dropThrough(CUT);
        for (int sequence = CUT; sequence <= DEPTH; sequence++) {
            assertThat(storage().versionAt(COUNTERS, 1L, sequence)).isEqualTo(sequence);
            assertThat(storage().versionAt(ITEMS, "a", sequence)).isEqualTo(sequence / 5);
            assertThat(storage().versionAt(COUNTERS, STILL, sequence)).isEqualTo(1);
            assertThat(storage().versionAt(COUNTERS, GONE, sequence)).isEqualTo(2);
            assertThat(storage().versionAt(COUNTERS, 3L, sequence)).isZero();
        }
        commit(draft -> draft.put(COUNTERS, 3L, 1L));
        assertThat(storage().versionAt(COUNTERS, 3L, DEPTH)).isZero();
    }

    @Test
    void placesAreFoundByTimeFromTheCutOn() {
        storage().dropThrough(CUT);
        for (long sequence = CUT; sequence <= DEPTH; sequence++) {
            assertThat(storage().sequenceAt(sequence * STEP)).isEqualTo(sequence);
            assertThat(storage().sequenceAt(sequence * STEP + 1)).isEqualTo(sequence);
        }
        assertThat(storage().sequenceAt(CUT * STEP - 1)).isZero();
        assertThat(storage().sequenceAt(Long.MIN_VALUE)).isZero();
    }

    @Test
    void writersGoOn() {
        storage().dropThrough(CUT);
        CommitPlan plan = commit(draft ->
                draft.put(COUNTERS, STILL, 2L).put(COUNTERS, GONE, 2L).next().put(COUNTERS, STILL, 3L));
        assertHolds(plan);
        assertThat(storage().head().sequence()).isEqualTo(DEPTH + 2);
        assertThat(storage().versionAt(COUNTERS, STILL, DEPTH)).isEqualTo(1);
        assertThat(storage().versionAt(COUNTERS, GONE, DEPTH)).isEqualTo(2);
        assertThat(storage().versionAt(COUNTERS, STILL, DEPTH + 1)).isEqualTo(2);
        assertThat(storage().versions(COUNTERS, STILL, 3, 1)).hasSize(2);
        storage().dropThrough(DEPTH + 1);
        assertThat(storage().versions(COUNTERS, STILL, 3, 1)).hasSize(1);
        bench().reopen();
        assertHolds(commit(draft -> draft.put(COUNTERS, STILL, 4L)));
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void theWholeLogMayGo() {
        storage().dropThrough(DEPTH);
        assertDroppedThrough(DEPTH);
        bench().reopen();
        assertDroppedThrough(DEPTH);
        assertThat(storage().sequenceAt(Long.MAX_VALUE)).isEqualTo(DEPTH);
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 1L)));
        assertThat(storage().versions(COUNTERS, 1L, Long.MAX_VALUE, 1)).hasSize(1);
    }

    @Test
    void nothingAfterTheHeadIsDropped() {
        assertUnchanged(() ->
                assertFailsAs(StorageException.Kind.PERMANENT, () -> storage().dropThrough(DEPTH + 1)));
        assertThat(Transcript.of(storage().start())).isEqualTo(Transcript.of(Head.empty()));
    }

    @Test
    void nothingIsDroppedThroughAHandleForReading() {
        bench().reopen(Access.READ_ONLY);
        assertUnchanged(() ->
                assertFailsAs(StorageException.Kind.PERMANENT, () -> storage().dropThrough(CUT)));
    }

    @Test
    void whoDecidesSeesWhereTheLogBegins() {
        storage().dropThrough(CUT);
        commit(draft -> {
            assertThat(draft.view().start().sequence()).isEqualTo(CUT);
            assertThat(draft.view().head().sequence()).isEqualTo(DEPTH);
            assertThat(texts(draft.view().commitsAfter(0, 2))).isEqualTo(texts(log.subList(CUT, CUT + 2)));
            assertThat(draft.view().changesAfter(COUNTERS, CUT, 100)).hasSize(DEPTH - CUT);
        });
    }

    @Test
    void openSnapshotsAndRequestsStay() {
        try (StorageSnapshot snapshot = storage().snapshot()) {
            storage().dropThrough(CUT);
            assertThat(Transcript.of(snapshot.read(COUNTERS, STILL)))
                    .isEqualTo(Transcript.of(storage().read(COUNTERS, STILL)));
            assertThat(snapshot.head().sequence()).isEqualTo(DEPTH);
        }
        assertThat(storage().requests(0, DEPTH)).hasSize(1);
    }

    @Test
    void spaceIsGivenBackUntilThereIsNoMore() {
        storage().dropThrough(CUT);
        int steps = 0;
        while (storage().reclaim()) {
            assertThat(steps++).isLessThan(1_000);
        }
        assertDroppedThrough(CUT);
        bench().reopen();
        assertDroppedThrough(CUT);
    }
}
