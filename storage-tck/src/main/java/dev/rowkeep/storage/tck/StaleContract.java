package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StorageException.Kind.STALE;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A plan that stands on something else than what the storage holds leaves nothing of itself. */
abstract class StaleContract extends ContractTests {
    private static final int RACE_KEYS = 499;
    private static final int RACE_ROUNDS = 100;

    private Image oldLive;
    private Image oldTombstone;

    StaleContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    /** {@code live} is at version 2, {@code back} at version 3 over a tombstone, {@code gone} a tombstone of version 4. */
    @BeforeEach
    final void fill() {
        commit(draft -> draft.put(ITEMS, "live", "l", "L", 1L)
                .put(ITEMS, "back", "b", "B", 1L)
                .put(ITEMS, "gone", "g", "G", 1L)
                .put(ITEMS, "neighbour", "n", "N", 1L));
        oldLive = image(ITEMS, "live");
        commit(draft ->
                draft.put(ITEMS, "live", "l", "L", 2L).delete(ITEMS, "back").delete(ITEMS, "gone"));
        oldTombstone = image(ITEMS, "back");
        commit(draft -> draft.put(ITEMS, "back", "b", "B", 3L).put(ITEMS, "gone", "g", "G", 3L));
        commit(draft -> draft.delete(ITEMS, "gone"));
    }

    @TestFactory
    Stream<DynamicTest> aStaleStepLeavesNothing() {
        Map<String, Consumer<PlanDraft>> steps = staleSteps();
        List<DynamicTest> tests = new ArrayList<>();
        steps.forEach((name, stale) -> {
            tests.add(dynamicTest(name + ", alone", () -> assertRefused(STALE, stale)));
            tests.add(dynamicTest(name + ", first", () -> assertRefused(STALE, stale.andThen(goodSteps("c", 0, 40)))));
            tests.add(dynamicTest(
                    name + ", last",
                    () -> assertRefused(STALE, goodSteps("c", 0, 40).andThen(stale))));
            tests.add(dynamicTest(
                    name + ", amid",
                    () -> assertRefused(
                            STALE, goodSteps("c", 0, 20).andThen(stale).andThen(goodSteps("c", 20, 40)))));
        });
        return tests.stream();
    }

    private Map<String, Consumer<PlanDraft>> staleSteps() {
        Map<String, Consumer<PlanDraft>> steps = new TreeMap<>();
        steps.put("insert where there is a record", draft -> put(draft, "live", null));
        steps.put("insert where there is a tombstone", draft -> put(draft, "gone", null));
        steps.put("insert over a tombstone that was taken", draft -> put(draft, "back", oldTombstone));
        steps.put("update of another version", draft -> put(draft, "live", oldLive));
        steps.put(
                "update of a version to come",
                draft -> put(draft, "live", later(draft.view().image(ITEMS, "live"))));
        steps.put("update of a record that is not there", draft -> put(draft, "never", oldLive));
        steps.put("update of a deleted record", draft -> put(draft, "gone", oldLive));
        steps.put("delete of another version", draft -> delete(draft, "live", oldLive));
        steps.put("delete of a record that is not there", draft -> delete(draft, "never", oldLive));
        steps.put("delete of a deleted record", draft -> delete(draft, "gone", oldLive));
        steps.put("tombstone over another tombstone", draft -> delete(draft, "gone", oldTombstone));
        return steps;
    }

    private static void put(PlanDraft draft, String key, @Nullable Image before) {
        draft.standingOn(ITEMS, key, before).put(ITEMS, key, "stale", "S", 0L);
    }

    private static void delete(PlanDraft draft, String key, @Nullable Image before) {
        draft.standingOn(ITEMS, key, before).delete(ITEMS, key);
    }

    private static Image later(@Nullable Image held) {
        Image image = present(held);
        return new Image(
                image.key(),
                image.version() + 1,
                image.changeId(),
                image.liveness(),
                image.cells(),
                image.author(),
                image.timeMicros(),
                image.userAuthor(),
                image.userTimeMicros());
    }

    private static Consumer<PlanDraft> goodSteps(String prefix, int from, int to) {
        return draft -> {
            for (int i = from; i < to; i++) {
                draft.put(ITEMS, prefix + i, "good", prefix + i, (long) i).put(COUNTERS, (long) i, (long) i);
            }
            draft.put(ITEMS, "neighbour", "touched", "N" + from, 9L);
        };
    }

    @Test
    void aPlanWithOneStaleStepInManyLeavesNothing() {
        commit(draft -> {
            for (long i = 0; i < 1_000; i++) {
                draft.put(COUNTERS, i, 0L);
            }
        });
        assertUnchanged(() -> LongStream.of(0, 1, 511, 512, 999)
                .forEach(stale -> assertFailsAs(
                        STALE,
                        () -> commit(draft -> {
                            for (long i = 0; i < 1_000; i++) {
                                if (i == stale) {
                                    draft.standingOn(
                                            COUNTERS, i, later(draft.view().image(COUNTERS, i)));
                                }
                                draft.put(COUNTERS, i, stale);
                            }
                        }))));
    }

    @Test
    void theSameDecisionLandsOnAFreshView() {
        assertRefused(STALE, draft -> put(draft, "live", oldLive));
        assertHolds(commit(draft -> draft.put(ITEMS, "live", "fresh", "S", 0L)));
        assertLive(ITEMS, "live", 3, "fresh", "S", 0L);
    }

    /**
     * Two writers read the same versions; one lands them all in one plan, then the other tries each by itself. That is 50,000
     * races, ten times as many with {@code -Drowkeep.evidence=long}, since a storage that decides one in many thousands wrongly
     * was seen in the wild.
     */
    @Test
    void noVersionIsWonTwice() {
        commit(draft -> advanceAll(draft, List.of()));
        long won = 0;
        int rounds = RACE_ROUNDS * ("long".equals(System.getProperty("rowkeep.evidence")) ? 10 : 1);
        List<Object> keys =
                LongStream.range(0, RACE_KEYS).<Object>mapToObj(key -> key).toList();
        for (int round = 1; round <= rounds; round++) {
            List<Image> seen = storage().readAll(COUNTERS, keys);
            commit(draft -> advanceAll(draft, seen));
            for (Image image : seen) {
                won += attempt(image);
            }
        }
        assertThat(won).as("versions won twice").isZero();
        for (long key = 0; key < RACE_KEYS; key += 10) {
            assertThat(storage().versions(COUNTERS, key, Long.MAX_VALUE, 1).stream()
                            .map(LoggedVersion::change)
                            .mapToLong(change -> change.version())
                            .toArray())
                    .isEqualTo(descending(rounds + 1));
        }
    }

    private static void advanceAll(PlanDraft draft, List<Image> seen) {
        seen.forEach(image -> draft.standingOn(COUNTERS, image.key(), image));
        for (long key = 0; key < RACE_KEYS; key++) {
            draft.put(COUNTERS, key, key);
        }
    }

    private int attempt(Image seen) {
        try {
            commit(draft -> draft.standingOn(COUNTERS, seen.key(), seen).put(COUNTERS, seen.key(), -1L));
            return 1;
        } catch (StorageException e) {
            assertThat(e.kind()).isEqualTo(STALE);
            return 0;
        }
    }

    private static long[] descending(int newest) {
        long[] versions = new long[newest];
        for (int i = 0; i < newest; i++) {
            versions[i] = (long) newest - i;
        }
        return versions;
    }
}
