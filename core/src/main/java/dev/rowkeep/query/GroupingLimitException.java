package dev.rowkeep.query;

import dev.rowkeep.error.RowKeepException;

/** A query over groups that would hold more than it may; nothing of its result was given. */
public final class GroupingLimitException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final int limit;

    /**
     * Creates the failure.
     *
     * @param what what there were too many of
     * @param limit how many may be held
     * @param fix what to do, one sentence
     */
    public GroupingLimitException(String store, String what, int limit, String fix) {
        super("Cannot group store " + store + ": there are more than " + limit + " " + what + ". " + fix);
        this.limit = limit;
    }

    /** How many may be held. */
    public int limit() {
        return limit;
    }
}
