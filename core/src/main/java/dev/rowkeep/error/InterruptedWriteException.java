package dev.rowkeep.error;

import org.jspecify.annotations.Nullable;

/**
 * A write whose caller was interrupted while it waited, before the write was taken into a commit: nothing was written. The
 * thread's interrupt status is set again.
 */
public final class InterruptedWriteException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure of the write to {@code target}. */
    public InterruptedWriteException(String target, @Nullable Throwable cause) {
        super(
                "Cannot write " + target
                        + ": the calling thread was interrupted while it waited for its turn. Nothing was"
                        + " written. Write again if the work is still wanted.",
                cause);
    }
}
