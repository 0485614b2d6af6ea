package dev.rowkeep.query;

import dev.rowkeep.error.RowKeepException;
import org.jspecify.annotations.Nullable;

/** A SELECT that took too long or gave too much; it was ended, and nothing of its result was given. */
public final class SqlLimitException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final Limit limit;

    /** What there was too much of. */
    public enum Limit {
        /** The time. */
        TIME,
        /** The rows. */
        ROWS,
        /** The bytes of the values. */
        BYTES
    }

    /**
     * Creates the failure.
     *
     * @param allowed how much is allowed, with its unit
     */
    public SqlLimitException(Limit limit, String allowed, @Nullable Throwable cause) {
        super(
                "The SELECT went beyond " + allowed
                        + " and was ended. Ask for less with WHERE and LIMIT, or raise the limit if it can be.",
                cause);
        this.limit = limit;
    }

    /** What there was too much of. */
    public Limit limit() {
        return limit;
    }
}
