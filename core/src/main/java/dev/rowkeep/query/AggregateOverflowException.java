package dev.rowkeep.query;

import dev.rowkeep.error.RowKeepException;

/** A sum that its type cannot hold; nothing of the query's result was given. */
public final class AggregateOverflowException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Aggregate<?> aggregate;

    /** Creates the failure of {@code aggregate} on a store. */
    public AggregateOverflowException(String store, Aggregate<?> aggregate) {
        super("Cannot compute " + aggregate + " of store " + store
                + ": the exact sum is beyond what its type holds. Group more finely, or ask for avg and count.");
        this.aggregate = aggregate;
    }

    /** Which sum. */
    public Aggregate<?> aggregate() {
        return aggregate;
    }
}
