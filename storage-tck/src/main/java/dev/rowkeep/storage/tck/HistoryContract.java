package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading the log, whole and by record. */
abstract class HistoryContract extends ContractTests {
    private static final int DEPTH = 100;
    private static final long START = 1_000_000L;
    private static final long STEP = 10L;

    HistoryContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    /**
     * Counter 1 has one version in each of 100 commits, every seventh a delete; commits 41 to 45 are of one time. Counter 2 has
     * a version in every third of them, and item "a" one in every fifth.
     */
    @BeforeEach
    final void fill() {
        for (int start = 0; start < DEPTH; start += 10) {
            int after = start;
            commit(draft -> {
                for (int i = 1; i <= 10; i++) {
                    addCommit(draft, after + i);
                }
            });
        }
    }

    private static void addCommit(PlanDraft draft, long number) {
        draft.at(timeOf(number));
        if (number % 3 == 0) {
            draft.put(COUNTERS, 2L, number);
        }
        if (number % 7 == 0) {
            draft.delete(COUNTERS, 1L);
        } else {
            draft.put(COUNTERS, 1L, number);
        }
        if (number % 5 == 0) {
            draft.put(ITEMS, "a", "n" + number, null, number);
        }
        draft.next();
    }

    private static long timeOf(long sequence) {
        return START + STEP * (sequence > 41 && sequence <= 45 ? 41 : sequence);
    }

    @Test
    void commitsComeInOrderUpToALimit() {
        List<String> log = texts(storage().commitsAfter(0, Integer.MAX_VALUE));
        assertThat(log).hasSize(DEPTH);
        for (int after = 0; after <= DEPTH; after++) {
            for (int most : new int[] {1, 7, 99, 100, Integer.MAX_VALUE}) {
                int end = (int) Math.min(DEPTH, (long) after + most);
                assertThat(texts(storage().commitsAfter(after, most))).isEqualTo(log.subList(after, end));
            }
        }
    }

    @Test
    void changesOfAStoreAreThoseOfItsCommits() {
        for (StoreLayout layout : List.of(ITEMS, COUNTERS)) {
            for (int after = 0; after <= DEPTH; after += 9) {
                for (long through : new long[] {after, after + 1L, 71, DEPTH, Long.MAX_VALUE}) {
                    if (through >= after) {
                        assertThat(shown(layout, after, through)).isEqualTo(expected(layout, after, through));
                    }
                }
            }
        }
    }

    private List<String> shown(StoreLayout layout, long after, long through) {
        List<String> shown = new ArrayList<>();
        storage().changes(layout, after, through, change -> shown.add(Transcript.of(withoutImage(change))));
        return shown;
    }

    private List<String> expected(StoreLayout layout, long after, long through) {
        return storage().commitsAfter(after, Integer.MAX_VALUE).stream()
                .filter(commit -> commit.header().sequence() <= through)
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == layout.id())
                .map(change -> Transcript.of(withoutImage(change)))
                .toList();
    }

    private static LoggedChange withoutImage(LoggedChange change) {
        return new LoggedChange(
                change.storeId(),
                change.key(),
                change.version(),
                change.kind(),
                change.id(),
                change.previousId(),
                change.delta(),
                null);
    }

    @Test
    void changesUpToACommitThatIsNotThereAreRefused() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> shown(COUNTERS, 90, DEPTH + 1L))
                .matches(failure -> failure.kind() == StorageException.Kind.PERMANENT)
                .withMessageContaining("" + (DEPTH + 1));
    }

    @Test
    void headersAreThoseOfTheCommits() {
        Map<Long, LoggedHeader> all = new HashMap<>();
        storage()
                .commitsAfter(0, Integer.MAX_VALUE)
                .forEach(commit -> all.put(commit.header().sequence(), commit.header()));
        List<Long> every = LongStream.rangeClosed(1, DEPTH).boxed().toList();

        assertThat(storage().headers(every)).isEqualTo(all);
        assertThat(storage().headers(List.of())).isEmpty();
        assertThat(storage().headers(List.of(1L))).containsOnlyKeys(1L).containsEntry(1L, all.get(1L));
        assertThat(storage().headers(List.of(2L, 3L, 57L, (long) DEPTH, DEPTH + 1L, DEPTH + 50L)))
                .containsOnlyKeys(2L, 3L, 57L, (long) DEPTH)
                .containsEntry(57L, all.get(57L));
    }

    @Test
    void sequencesHaveNoGaps() {
        List<LoggedCommit> log = storage().commitsAfter(0, Integer.MAX_VALUE);
        for (int i = 0; i < DEPTH; i++) {
            assertThat(log.get(i).header().sequence()).isEqualTo(i + 1);
        }
    }

    @Test
    void thereAreNoCommitsAfterTheHead() {
        assertThat(storage().commitsAfter(DEPTH, 10)).isEmpty();
        assertThat(storage().commitsAfter(DEPTH + 1_000, 10)).isEmpty();
    }

    @Test
    void aCommitIsFoundBySequence() {
        for (int sequence = 1; sequence <= DEPTH; sequence++) {
            LoggedCommit commit = storage().commitAt(sequence).orElseThrow();
            assertThat(commit.header().sequence()).isEqualTo(sequence);
            assertThat(commit.header().timeMicros()).isEqualTo(timeOf(sequence));
        }
        assertThat(storage().commitAt(DEPTH + 1)).isEmpty();
    }

    @Test
    void versionsComeDownwardsForEveryRange() {
        List<Long> all = changeIds(storage().versions(COUNTERS, 1L, Long.MAX_VALUE, 1));
        assertThat(all).hasSize(DEPTH);
        for (int newest = 1; newest <= DEPTH; newest++) {
            for (int oldest = 1; oldest <= newest; oldest++) {
                assertThat(changeIds(storage().versions(COUNTERS, 1L, newest, oldest)))
                        .isEqualTo(all.subList(DEPTH - newest, DEPTH - oldest + 1));
            }
        }
    }

    @Test
    void versionsAreThoseOfTheLog() {
        List<String> fromLog = storage().commitsAfter(0, Integer.MAX_VALUE).stream()
                .flatMap(commit -> commit.changes().stream()
                        .filter(change -> change.storeId() == COUNTERS.id()
                                && change.key().equals(1L))
                        .map(change -> new LoggedVersion(commit.header(), change)))
                .map(Transcript::of)
                .toList();
        assertThat(versionTexts(storage().versions(COUNTERS, 1L, DEPTH, 1)))
                .hasSize(DEPTH)
                .containsExactlyInAnyOrderElementsOf(fromLog);
    }

    @Test
    void versionsThatAreNotThereAreLeftOut() {
        assertThat(storage().versions(COUNTERS, 1L, DEPTH + 50, DEPTH)).hasSize(1);
        assertThat(storage().versions(COUNTERS, 1L, DEPTH + 50, DEPTH + 1)).isEmpty();
        assertThat(storage().versions(COUNTERS, 1L, 3, 0)).hasSize(3);
        assertThat(storage().versions(COUNTERS, 3L, DEPTH, 1)).isEmpty();
        assertThat(storage().versions(ITEMS, "b", DEPTH, 1)).isEmpty();
        assertThat(storage().versions(ITEMS, "a", DEPTH, 1)).hasSize(20);
    }

    @Test
    void aVersionIsFoundByCommit() {
        assertThat(storage().versionAt(COUNTERS, 1L, 0)).isZero();
        for (int sequence = 1; sequence <= DEPTH; sequence++) {
            assertThat(storage().versionAt(COUNTERS, 1L, sequence)).isEqualTo(sequence);
            assertThat(storage().versionAt(COUNTERS, 2L, sequence)).isEqualTo(sequence / 3);
            assertThat(storage().versionAt(ITEMS, "a", sequence)).isEqualTo(sequence / 5);
            assertThat(storage().versionAt(ITEMS, "b", sequence)).isZero();
        }
        assertThat(storage().versionAt(COUNTERS, 1L, DEPTH + 1)).isEqualTo(DEPTH);
        assertThat(storage().versionAt(COUNTERS, 1L, Long.MAX_VALUE)).isEqualTo(DEPTH);
    }

    @Test
    void theNewestOfSeveralVersionsInACommitCounts() {
        commit(draft -> draft.put(COUNTERS, 9L, 1L).put(COUNTERS, 9L, 2L).next().put(COUNTERS, 9L, 3L));
        assertThat(storage().versionAt(COUNTERS, 9L, DEPTH + 1)).isEqualTo(2);
        assertThat(storage().versionAt(COUNTERS, 9L, DEPTH + 2)).isEqualTo(3);
    }

    @Test
    void aSequenceIsFoundByTime() {
        for (long sequence = 1; sequence <= DEPTH; sequence++) {
            long newest = sequence >= 41 && sequence <= 45 ? 45 : sequence;
            assertThat(storage().sequenceAt(timeOf(sequence))).isEqualTo(newest);
            assertThat(storage().sequenceAt(timeOf(sequence) + 1)).isEqualTo(newest);
            assertThat(storage().sequenceAt(timeOf(sequence) - 1))
                    .isEqualTo(sequence >= 41 && sequence <= 45 ? 40 : sequence - 1);
        }
        assertThat(storage().sequenceAt(0)).isZero();
        assertThat(storage().sequenceAt(Long.MIN_VALUE)).isZero();
        assertThat(storage().sequenceAt(Long.MAX_VALUE)).isEqualTo(DEPTH);
    }

    @Test
    void timesBefore1970AreFound() {
        try (Bench fresh = new Bench(fixture(), COUNTERS)) {
            long[] times = {-62_167_219_200_000_000L, -1_000_000L, -1L, 0L, 1L};
            for (long time : times) {
                fresh.commit(draft -> draft.at(time).put(COUNTERS, 1L, time));
            }
            for (int i = 0; i < times.length; i++) {
                assertThat(fresh.storage().sequenceAt(times[i])).isEqualTo(i + 1);
                assertThat(fresh.storage().sequenceAt(times[i] - 1)).isEqualTo(i);
            }
        }
    }

    @Test
    void anEmptyLogHasNoHistory() {
        try (Bench fresh = new Bench(fixture(), COUNTERS)) {
            assertThat(fresh.storage().commitsAfter(0, 10)).isEmpty();
            assertThat(fresh.storage().commitAt(1)).isEmpty();
            assertThat(fresh.storage().versions(COUNTERS, 1L, 10, 1)).isEmpty();
            assertThat(fresh.storage().versionAt(COUNTERS, 1L, 10)).isZero();
            assertThat(fresh.storage().sequenceAt(Long.MAX_VALUE)).isZero();
        }
    }

    @Test
    void historySurvivesReopening() {
        assertUnchanged(() -> bench().reopen());
    }

    private static List<String> texts(List<LoggedCommit> commits) {
        return commits.stream().map(Transcript::of).toList();
    }

    private static List<Long> changeIds(List<LoggedVersion> versions) {
        return versions.stream().map(version -> version.change().id()).toList();
    }

    private static List<String> versionTexts(List<LoggedVersion> versions) {
        return versions.stream().map(Transcript::of).toList();
    }
}
