package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a commit writes. */
abstract class CommitContract extends ContractTests {
    private static final long YEAR_9999 = 253_402_300_000_000_000L;

    CommitContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void insertedRecordIsThere() {
        CommitPlan plan = commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        assertHolds(plan);
        assertLive(ITEMS, "a", 1, "anvil", "A1", 5L);
    }

    @Test
    void updatedRecordHasItsNextVersion() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "anvil", "A2", null)));
        assertLive(ITEMS, "a", 2, "anvil", "A2", null);
    }

    @Test
    void deletedRecordLeavesATombstone() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        assertHolds(commit(draft -> draft.delete(ITEMS, "a")));
        Image tombstone = image(ITEMS, "a");
        assertThat(tombstone.isLive()).isFalse();
        assertThat(tombstone.version()).isEqualTo(2);
        assertThat(tombstone.cells()).isEmpty();
    }

    @Test
    void recordIsInsertedAgainOverItsTombstone() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        commit(draft -> draft.delete(ITEMS, "a"));
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "axe", "A1", 6L)));
        assertLive(ITEMS, "a", 3, "axe", "A1", 6L);
    }

    @Test
    void aChangeLeavesItsNeighboursAlone() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L)
                .put(ITEMS, "b", "bolt", "B1", 2L)
                .put(ITEMS, "c", "clamp", "C1", 3L)
                .put(COUNTERS, 1L, 10L));
        String before = Transcript.of(image(ITEMS, "a"));
        String after = Transcript.of(image(ITEMS, "c"));
        String other = Transcript.of(image(COUNTERS, 1L));
        commit(draft -> draft.put(ITEMS, "b", "bolt", "B2", 7L));
        commit(draft -> draft.delete(ITEMS, "b"));
        assertThat(Transcript.of(image(ITEMS, "a"))).isEqualTo(before);
        assertThat(Transcript.of(image(ITEMS, "c"))).isEqualTo(after);
        assertThat(Transcript.of(image(COUNTERS, 1L))).isEqualTo(other);
    }

    @Test
    void emptyPlanWritesNothing() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L));
        assertUnchanged(() -> assertThat(commit(draft -> {}).isEmpty()).isTrue());
        assertUnchanged(() -> commit(draft -> draft.view().image(ITEMS, "a")));
    }

    @Test
    void emptyPlanOnAnEmptyStorageWritesNothing() {
        assertUnchanged(() -> commit(draft -> {}));
        assertThat(storage().head().sequence()).isZero();
    }

    @Test
    void aPlanSpansStores() {
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 5L).put(COUNTERS, 7L, 1L)));
        assertHolds(
                commit(draft -> draft.delete(ITEMS, "a").put(COUNTERS, 7L, 2L).put(COUNTERS, 8L, 1L)));
    }

    @Test
    void aPlanHoldsSeveralCommits() {
        CommitPlan plan = commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L)
                .next()
                .put(ITEMS, "b", "bolt", "B1", 2L)
                .put(COUNTERS, 1L, 1L)
                .next()
                .put(COUNTERS, 1L, 2L));
        assertThat(plan.commits()).hasSize(3);
        assertHolds(plan);
        assertThat(storage().head().sequence()).isEqualTo(3);
    }

    @Test
    void theHeadIsTheNewestCommit() {
        CommitPlan plan = commit(draft -> draft.put(COUNTERS, 1L, 1L).next().put(COUNTERS, 2L, 1L));
        LoggedCommit newest = plan.commits().get(1);
        Head expected = new Head(2, newest.header().timeMicros(), newest.hash());
        assertThat(Transcript.of(storage().head())).isEqualTo(Transcript.of(expected));
    }

    @Test
    void severalVersionsOfARecordAreOneStep() {
        CommitPlan plan = commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L)
                .next()
                .put(ITEMS, "a", "anvil", "A2", 1L)
                .put(ITEMS, "a", "anvil", "A2", 2L));
        assertThat(plan.writes()).hasSize(1);
        assertHolds(plan);
        assertLive(ITEMS, "a", 3, "anvil", "A2", 2L);
        assertThat(kinds("a")).containsExactly(ChangeKind.UPDATE, ChangeKind.UPDATE, ChangeKind.INSERT);
    }

    @Test
    void insertAndDeleteInOnePlanLeaveATombstone() {
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L).delete(ITEMS, "a")));
        assertThat(image(ITEMS, "a").isLive()).isFalse();
        assertThat(image(ITEMS, "a").version()).isEqualTo(2);
        assertThat(kinds("a")).containsExactly(ChangeKind.DELETE, ChangeKind.INSERT);
    }

    @Test
    void insertAndDeleteInOnePlanGoFromTombstoneToTombstone() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L));
        commit(draft -> draft.delete(ITEMS, "a"));
        assertHolds(commit(draft -> draft.put(ITEMS, "a", "axe", "A1", 2L).delete(ITEMS, "a")));
        assertThat(image(ITEMS, "a").isLive()).isFalse();
        assertThat(image(ITEMS, "a").version()).isEqualTo(4);
        assertThat(storage().count(ITEMS, Condition.everything())).isZero();
    }

    @Test
    void deleteAndInsertInOnePlanGoFromLiveToLive() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A1", 1L));
        assertHolds(commit(draft -> draft.delete(ITEMS, "a").next().put(ITEMS, "a", "axe", "A1", null)));
        assertLive(ITEMS, "a", 3, "axe", "A1", null);
    }

    @Test
    void authorsReasonsAndTimesAreKept() {
        CommitPlan plan = commit(draft -> draft.by(Author.user("Åsa 😀 O'Neil"))
                .because("it's \"due\"; -- 100%\n", "c-1")
                .put(COUNTERS, 1L, 1L)
                .next()
                .by(Author.job("nightly"))
                .because("", "")
                .put(COUNTERS, 2L, 1L)
                .next()
                .by(Author.system("app"))
                .at(YEAR_9999)
                .because("r".repeat(10_000), null)
                .put(COUNTERS, 3L, 1L));
        assertHolds(plan);
        LoggedHeader second = storage().commitAt(2).orElseThrow().header();
        assertThat(second.author()).isEqualTo(Author.job("nightly"));
        assertThat(second.reason()).isEmpty();
        LoggedHeader third = storage().commitAt(3).orElseThrow().header();
        assertThat(third.reason()).hasSize(10_000);
        assertThat(third.correlationId()).isNull();
        assertThat(third.timeMicros()).isEqualTo(YEAR_9999);
    }

    @Test
    void theLastUserIsKeptBesideTheLastWriter() {
        commit(draft -> draft.by(Author.job("nightly")).put(COUNTERS, 1L, 1L));
        assertThat(image(COUNTERS, 1L).userAuthor()).isNull();
        assertThat(image(COUNTERS, 1L).userTimeMicros()).isZero();
        commit(draft -> draft.by(Author.user("ana")).put(COUNTERS, 1L, 2L));
        long touched = image(COUNTERS, 1L).timeMicros();
        assertHolds(commit(draft -> draft.by(Author.system("app")).put(COUNTERS, 1L, 3L)));
        assertHolds(commit(draft -> draft.by(Author.system("app")).delete(COUNTERS, 1L)));
        assertThat(image(COUNTERS, 1L).userAuthor()).isEqualTo("ana");
        assertThat(image(COUNTERS, 1L).userTimeMicros()).isEqualTo(touched);
        assertThat(image(COUNTERS, 1L).author()).isEqualTo(Author.system("app"));
    }

    @Test
    void deltasAreKeptByteForByte() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        commit(draft -> draft.withDelta(new byte[0])
                .put(COUNTERS, 1L, 1L)
                .withDelta(everyByte)
                .put(COUNTERS, 1L, 2L)
                .withDelta(PlanDraft.bytes(1, 1 << 20))
                .put(COUNTERS, 1L, 3L));
        List<LoggedChange> changes = storage().commitAt(1).orElseThrow().changes();
        assertThat(changes.get(0).delta()).isEmpty();
        assertThat(changes.get(1).delta()).isEqualTo(everyByte);
        assertThat(changes.get(2).delta()).isEqualTo(PlanDraft.bytes(1, 1 << 20));
    }

    @Test
    void checkpointImagesAreKeptWhereTheyAre() {
        for (int version = 1; version <= 2 * LoggedChange.CHECKPOINT_INTERVAL; version++) {
            long value = version;
            commit(draft -> draft.put(COUNTERS, 1L, value));
        }
        storage().commitsAfter(0, Integer.MAX_VALUE).forEach(commit -> {
            LoggedChange change = commit.changes().get(0);
            boolean expected = change.version() % LoggedChange.CHECKPOINT_INTERVAL == 0;
            assertThat(change.image() != null)
                    .as("image at %d", change.version())
                    .isEqualTo(expected);
            if (expected) {
                assertThat(change.image()).isEqualTo(PlanDraft.bytes(~change.id(), 50));
            }
        });
    }

    @Test
    void changesOfACommitKeepTheirOrder() {
        CommitPlan plan = commit(draft -> {
            for (long i = 300; i > 0; i--) {
                draft.put(COUNTERS, i * 7919 % 1000, i);
            }
        });
        List<LoggedChange> changes = storage().commitAt(1).orElseThrow().changes();
        assertThat(changes).hasSize(300);
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i).id()).isEqualTo(ChangeId.of(1, i));
        }
        assertHolds(plan);
    }

    private List<ChangeKind> kinds(Object key) {
        return storage().versions(ITEMS, key, Long.MAX_VALUE, 1).stream()
                .map(version -> version.change().kind())
                .toList();
    }
}
