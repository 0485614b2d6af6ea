package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.query.ResultRange;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.StoreLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * What a transaction has read, as of one commit, and whether that has changed since. Filled by the transaction's thread; afterwards the
 * commit gate's leader asks.
 */
final class ReadSet {
    private final long sequence;
    private final int mostChanges;
    private final Map<Integer, StoreReads> stores = new HashMap<>();

    /** Of a transaction that reads as of the commit {@code sequence}; at most {@code mostChanges} changes of a store are looked at. */
    ReadSet(long sequence, int mostChanges) {
        this.sequence = sequence;
        this.mostChanges = mostChanges;
    }

    /** The commit as of which everything was read. */
    long sequence() {
        return sequence;
    }

    /** Takes note that a record, there or not, was read. */
    void add(StoreLayout layout, Object key) {
        of(layout).add(key);
    }

    /** Takes note that a query was answered. */
    void add(StoreLayout layout, ResultRange range) {
        of(layout).add(range);
    }

    /** Whether a change since makes any read wrong, as of the state that {@code view} and {@code overlay} together show. */
    boolean isOutdated(CommitView view, Overlay overlay) {
        for (StoreReads store : stores.values()) {
            if (store.isOutdated(sequence, mostChanges, view, overlay)) {
                return true;
            }
        }
        return false;
    }

    private StoreReads of(StoreLayout layout) {
        return stores.computeIfAbsent(layout.id(), id -> new StoreReads(layout));
    }
}
