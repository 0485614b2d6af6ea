package dev.rowkeep.internal.engine;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reads through the cache beside the leader's commits answer as two plain registers would, in every interleaving that is explored:
 * nobody reads less than a commit that has returned.
 *
 * <p>Caffeine is not taken for atomic: its map and its eviction are interleaved too. Its upkeep runs on the threads that cause it, as
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

    @Test
    void nobodyReadsLessThanACommitThatHasReturned() {
        check(Roomy.class);
    }

    @Test
    void nobodyReadsLessThanACommitThatHasReturnedWhileEntriesAreEvicted() {
        check(Crowded.class);
    }

    private static void check(Class<?> registers) {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(2)
                .sequentialSpecification(CachedRegisters.Plain.class)
                .check(registers);
    }
}
