package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StorageException.Kind.STALE;
import static dev.rowkeep.storage.tck.Stores.AMOUNT;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ID;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitWork.RecordRef;
import dev.rowkeep.spi.LoggedCommit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans far larger than any statement's limits. */
abstract class BulkContract extends ContractTests {
    private static final int CHANGES = 20_000;
    private static final int COMMITS = 2_000;
    private static final int BIG = 5_000;

    BulkContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void twentyThousandChangesAreOneCommit() {
        List<RecordRef> records = IntStream.range(0, CHANGES)
                .mapToObj(i -> new RecordRef(ITEMS, "k" + i))
                .toList();
        assertHolds(bench().commit(records, draft -> {
            for (int i = 0; i < CHANGES; i++) {
                draft.put(ITEMS, "k" + i, "n" + i % 10, "c" + i, (long) i);
            }
        }));
        assertThat(storage().count(ITEMS, Condition.everything())).isEqualTo(CHANGES);
        assertThat(storage().count(ITEMS, Condition.eq(NAME, "n3"))).isEqualTo(CHANGES / 10);
        assertHolds(bench().commit(records, draft -> {
            for (int i = 0; i < CHANGES; i++) {
                if (i % 4 == 0) {
                    draft.delete(ITEMS, "k" + i);
                } else {
                    draft.put(ITEMS, "k" + i, "n" + i % 10, "c" + (i + CHANGES), (long) i);
                }
            }
        }));
        assertThat(storage().count(ITEMS, Condition.everything())).isEqualTo(CHANGES * 3 / 4);
        List<Order> order = List.of(Order.descending(NAME), Order.ascending(AMOUNT), Order.ascending(ID));
        assertThat(keys(Pages.walk(storage(), ITEMS, Condition.everything(), order, 4_000)))
                .doesNotHaveDuplicates()
                .hasSize(CHANGES * 3 / 4);
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void twoThousandCommitsAreOnePlan() {
        CommitPlan plan = commit(draft -> {
            for (int i = 0; i < COMMITS; i++) {
                draft.put(COUNTERS, (long) (i % 50), (long) i)
                        .put(ITEMS, "k" + i, null, "c" + i, null)
                        .next();
            }
        });
        assertThat(plan.commits()).hasSize(COMMITS);
        assertHolds(plan);
        assertThat(storage().head().sequence()).isEqualTo(COMMITS);
        assertThat(image(COUNTERS, 49L).version()).isEqualTo(40);
        assertThat(storage().versions(COUNTERS, 49L, 40, 1)).hasSize(40);
        assertThat(storage().versionAt(COUNTERS, 49L, 1_000)).isEqualTo(20);
    }

    @Test
    void everyChangeOfManyPlansIsInTheLog() {
        for (int plan = 0; plan < 40; plan++) {
            int round = plan;
            commit(draft -> {
                for (int i = 0; i < 100; i++) {
                    long key = (round * 37L + i) % 1_000;
                    if ((round + i) % 11 == 0) {
                        draft.delete(COUNTERS, key);
                    } else {
                        draft.put(COUNTERS, key, (long) i);
                    }
                    if (i % 25 == 24) {
                        draft.next();
                    }
                }
            });
        }
        List<LoggedCommit> log = storage().commitsAfter(0, Integer.MAX_VALUE);
        assertThat(log)
                .hasSize(160)
                .allSatisfy(commit -> assertThat(commit.changes()).hasSize(25));
        for (long key = 0; key < 1_000; key += 7) {
            long version = storage().versionAt(COUNTERS, key, Long.MAX_VALUE);
            assertThat(storage().versions(COUNTERS, key, Long.MAX_VALUE, 1)).hasSize((int) version);
        }
    }

    @Test
    void aBigPlanIsRefusedWhole() {
        commit(draft -> draft.put(COUNTERS, (long) BIG - 1, 1L));
        assertRefused(STALE, draft -> {
            for (long i = 0; i < BIG; i++) {
                draft.standingOn(COUNTERS, i, null).put(COUNTERS, i, i);
            }
        });
        assertThat(storage().count(COUNTERS, Condition.everything())).isEqualTo(2);
    }
}
