package dev.rowkeep.internal.engine;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
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
    /** A cache with room for all. */
    public static final class Roomy extends CachedRegisters {
        public Roomy() {
            super(1 << 10);
        }
    }

    /** A cache with room for one of the two. */
    public static final class Crowded extends CachedRegisters {
        public Crowded() {
            super(1);
        }
    }

    /** With Caffeine's inside left out there are few enough steps to go through most interleavings of ours. */
    @Test
    void nobodyReadsLessThanACommitThatHasReturned() {
        check(
                Roomy.class,
                new ModelCheckingOptions()
                        .iterations(20)
                        .invocationsPerIteration(600)
                        .threads(2)
                        .actorsPerThread(3)
                        .addGuarantee(forClasses(name -> name.startsWith("com.github.benmanes.caffeine."))
                                .allMethods()
                                .treatAsAtomic()));
    }

    @Test
    void nobodyReadsLessThanACommitThatHasReturnedWhileEntriesAreEvicted() {
        check(
                Crowded.class,
                new ModelCheckingOptions()
                        .iterations(6)
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
