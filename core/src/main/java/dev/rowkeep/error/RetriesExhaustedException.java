package dev.rowkeep.error;

import org.jspecify.annotations.Nullable;

/** A write that lost its race on every allowed attempt; nothing of it was written. */
public final class RetriesExhaustedException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final int attempts;

    /** Creates the failure after {@code attempts} attempts on {@code target}. */
    public RetriesExhaustedException(String target, int attempts, @Nullable Throwable last) {
        super(
                "Cannot write " + target + ": other writers came first on each of " + attempts
                        + " attempts. Nothing was written. Try again later, allow more attempts in the RetryPolicy, or use a"
                        + " declared operation such as add, which needs no retry.",
                last);
        this.attempts = attempts;
    }

    /** How many attempts were made, the first one included. */
    public int attempts() {
        return attempts;
    }
}
