package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The cost of a history grows with the versions asked for, not with its depth.
 *
 * <p>Compared are the least of many measurements of the thread's processor time, at depths that are a factor of 100 apart, against
 * a bound of 15: neither a slow nor a busy machine brings a storage with the promised cost near it, and one that walks the whole
 * history is far beyond.
 */
abstract class HistoryCostContract extends ContractTests {
    private static final int SHALLOW = 160;
    private static final int DEEP = 100 * SHALLOW;
    private static final int VERSIONS = 20;
    private static final int BOUND = 15;

    HistoryCostContract(StorageFixture fixture) {
        super(fixture, COUNTERS);
    }

    @Test
    void theCostOfVersionsDoesNotGrowWithTheDepth() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Assumptions.assumeTrue(threads.isCurrentThreadCpuTimeSupported());
        deepen(1, SHALLOW);
        deepen(2, DEEP);
        for (int place = 1; place <= 3; place++) {
            long shallow = leastNanos(threads, 1, SHALLOW * place / 4);
            long deep = leastNanos(threads, 2, DEEP * place / 4);
            assertThat(deep)
                    .as(
                            "ns for %d versions at 1/%d of %d versions, with %d ns for %d",
                            VERSIONS, place, DEEP, shallow, SHALLOW)
                    .isLessThan(BOUND * Math.max(shallow, 2_000));
        }
    }

    private void deepen(long key, int depth) {
        for (int done = 0; done < depth; ) {
            int batch = Math.min(1_000, depth - done);
            int start = done;
            commit(draft -> {
                for (int i = 1; i <= batch; i++) {
                    draft.put(COUNTERS, key, (long) (start + i)).next();
                }
            });
            done += batch;
        }
    }

    private long leastNanos(ThreadMXBean threads, long key, int newest) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            long start = threads.getCurrentThreadCpuTime();
            int found = storage()
                    .versions(COUNTERS, key, newest, newest - VERSIONS + 1)
                    .size();
            least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
            assertThat(found).isEqualTo(VERSIONS);
        }
        return least;
    }
}
