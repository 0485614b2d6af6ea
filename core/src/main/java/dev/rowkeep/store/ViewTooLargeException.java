package dev.rowkeep.store;

import dev.rowkeep.error.RowKeepException;

/** A view of the past that would hold more records than it may. */
public final class ViewTooLargeException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final int limit;

    /** Creates the failure for a store. */
    public ViewTooLargeException(String store, int limit) {
        super("Cannot view store " + store + " as of an earlier place: there, now or in between it has more than "
                + limit
                + " records, which is the most that a view holds in memory. Read single records as of that place.");
        this.limit = limit;
    }

    /** How many records a view may hold. */
    public int limit() {
        return limit;
    }
}
