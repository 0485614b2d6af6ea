package dev.rowkeep.internal.engine;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.rowkeep.spi.ChangeStamps;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reads through the cache beside the leader's commits answer as two plain registers would, in every interleaving that is explored:
 * nobody reads less than a commit that has returned.
 *
 * <p>Where entries are evicted, Caffeine's map and its upkeep are interleaved too; that upkeep runs on the threads that cause it, as
 * Lincheck waits for the threads of a pool to end.
 */
@Tag("lincheck")
final class ImageCacheLinearizabilityTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));

    /** A cache with room for all. */
    public static final class Roomy extends CachedRegisters {
        public Roomy() {
            super(1 << 10, null);
        }
    }

    /** A cache with room for one of the two. */
    public static final class Crowded extends CachedRegisters {
        public Crowded() {
            super(1, null);
        }
    }

    /** A cache of a storage that another process commits to, under the same write lock. */
    public static final class Shared extends CachedRegisters {
        private final PairOfCounters counters;

        public Shared() {
            this(new PairOfCounters());
        }

        private Shared(PairOfCounters counters) {
            super(1 << 10, counters);
            this.counters = counters;
        }

        @Operation(nonParallelGroup = "leader")
        public void commitElsewhere(@Param(name = "key") int key) {
            counters.begun++;
            change(key == 0 ? 1 : 0, key);
            counters.ended = counters.begun;
        }
    }

    /** What a storage tells of another process's commits. */
    private static final class PairOfCounters implements ChangeStamps {
        private volatile long begun;
        private volatile long ended;

        @Override
        public long stamp(Object key) {
            long stamp = begun;
            return ended == stamp ? stamp : UNSETTLED;
        }

        @Override
        public boolean isCurrent(Object key, long stamp) {
            return begun == stamp;
        }

        @Override
        public long committedStamp(Object key) {
            return begun;
        }
    }

    @Test
    void nobodyReadsLessThanWhatAnotherProcessWasToldOf() {
        check(Shared.class, fewSteps());
    }

    /** With Caffeine's inside left out there are few enough steps to go through most interleavings of ours. */
    @Test
    void nobodyReadsLessThanACommitThatHasReturned() {
        check(Roomy.class, fewSteps());
    }

    private static ModelCheckingOptions fewSteps() {
        return new ModelCheckingOptions()
                .iterations(IS_LONG ? 20 : 2)
                .invocationsPerIteration(IS_LONG ? 600 : 400)
                .threads(2)
                .actorsPerThread(3)
                .addGuarantee(forClasses(name -> name.startsWith("com.github.benmanes.caffeine."))
                        .allMethods()
                        .treatAsAtomic());
    }

    @Test
    void nobodyReadsLessThanACommitThatHasReturnedWhileEntriesAreEvicted() {
        check(
                Crowded.class,
                new ModelCheckingOptions()
                        .iterations(IS_LONG ? 12 : 3)
                        .invocationsPerIteration(200)
                        .threads(3)
                        .actorsPerThread(2));
    }

    private static void check(Class<?> registers, ModelCheckingOptions options) {
        options.actorsBefore(1)
                .actorsAfter(2)
                .sequentialSpecification(CachedRegisters.Plain.class)
                .check(registers);
    }
}
