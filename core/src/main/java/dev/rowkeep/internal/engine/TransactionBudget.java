package dev.rowkeep.internal.engine;

import dev.rowkeep.error.TransactionLimitException;
import dev.rowkeep.error.TransactionLimitException.Limit;
import dev.rowkeep.store.TransactionLimits;
import org.jspecify.annotations.Nullable;

/** What one run of a transaction may still spend. What went beyond it once cannot land, even if its closure catches the failure. */
final class TransactionBudget {
    private final TransactionLimits limits;
    private final long begun = System.nanoTime();
    private int reads;
    private @Nullable TransactionLimitException exceeded;

    TransactionBudget(TransactionLimits limits) {
        this.limits = limits;
    }

    /** How many more records may be read. */
    int readsLeft() {
        return limits.mostReads() - reads;
    }

    /** Takes note of so many records read. */
    void read(int records) {
        reads += records;
        require(reads <= limits.mostReads(), Limit.READS, limits.mostReads() + " records read");
    }

    /** Takes note of the number of records written so far. */
    void written(int records) {
        require(records <= limits.mostWrites(), Limit.WRITES, limits.mostWrites() + " records written");
    }

    /**
     * Checks that everything is within its limits.
     *
     * @throws TransactionLimitException if not, now or earlier
     */
    void check() {
        if (exceeded != null) {
            throw exceeded;
        }
        require(System.nanoTime() - begun <= limits.longest().toNanos(), Limit.DURATION, limits.longest() + " of time");
    }

    private void require(boolean isWithin, Limit limit, String most) {
        if (!isWithin) {
            exceeded = new TransactionLimitException(limit, most);
            throw exceeded;
        }
    }
}
