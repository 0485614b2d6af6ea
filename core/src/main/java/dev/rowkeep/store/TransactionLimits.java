package dev.rowkeep.store;

import dev.rowkeep.spi.ChangeId;
import java.time.Duration;

/**
 * How long and large one run of a transaction may get. Immutable. A longer transaction has a better chance to lose against what others
 * write meanwhile, and holds back what a storage would tidy away.
 *
 * @param longest the longest time from the beginning of a run to the end of its closure; noticed at the transaction's next call; 5 s
 *     by default
 * @param mostReads the most records that a run may read, those that queries give included; 100,000 by default
 * @param mostWrites the most records that a run may write; 10,000 by default
 * @param mostChanges how many changes that others made to a store since are compared with what was read there, by the committing
 *     thread; beyond that, the run counts as lost without looking; 1,000 by default
 */
public record TransactionLimits(Duration longest, int mostReads, int mostWrites, int mostChanges) {
    private static final TransactionLimits DEFAULTS =
            new TransactionLimits(Duration.ofSeconds(5), 100_000, 10_000, 1_000);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a limit is not positive, {@code mostChanges} is negative, or {@code mostWrites} is more
     *     than one commit can hold
     */
    public TransactionLimits {
        if (longest.isNegative() || longest.isZero() || mostReads < 1 || mostWrites < 1 || mostChanges < 0) {
            throw new IllegalArgumentException("A transaction's limits are positive, got " + longest + ", " + mostReads
                    + " reads, " + mostWrites + " writes, " + mostChanges + " changes.");
        }
        if (mostWrites > ChangeId.MAX_CHANGES) {
            throw new IllegalArgumentException(
                    "A commit holds at most " + ChangeId.MAX_CHANGES + " changes, got a limit of " + mostWrites + ".");
        }
    }

    /** 5 s, 100,000 reads, 10,000 writes, 1,000 changes. */
    public static TransactionLimits defaults() {
        return DEFAULTS;
    }

    /** With another longest time. */
    public TransactionLimits longest(Duration other) {
        return new TransactionLimits(other, mostReads, mostWrites, mostChanges);
    }

    /** With another number of reads. */
    public TransactionLimits mostReads(int other) {
        return new TransactionLimits(longest, other, mostWrites, mostChanges);
    }

    /** With another number of writes. */
    public TransactionLimits mostWrites(int other) {
        return new TransactionLimits(longest, mostReads, other, mostChanges);
    }

    /** With another number of changes to compare. */
    public TransactionLimits mostChanges(int other) {
        return new TransactionLimits(longest, mostReads, mostWrites, other);
    }
}
