package dev.rowkeep.examples;

import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.observe.KeepListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the library says about itself. Safe for use by several threads, as a listener must be. */
final class EventCounts implements KeepListener {
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder merges = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** The counts since the last time they were taken. */
    record Taken(long conflicts, long merges, long retries, long hits, long misses) {
        double hitRate() {
            return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
        }
    }

    @Override
    public void onEvent(KeepEvent event) {
        if (event instanceof KeepEvent.CacheHit) {
            hits.increment();
        } else if (event instanceof KeepEvent.CacheMiss) {
            misses.increment();
        } else if (event instanceof KeepEvent.EditMerged) {
            merges.increment();
        } else if (event instanceof KeepEvent.ConflictFound) {
            conflicts.increment();
        } else if (event instanceof KeepEvent.WriteRetried) {
            retries.increment();
        }
    }

    /** The counts so far; the next ones begin at zero. */
    Taken take() {
        return new Taken(
                conflicts.sumThenReset(),
                merges.sumThenReset(),
                retries.sumThenReset(),
                hits.sumThenReset(),
                misses.sumThenReset());
    }
}
