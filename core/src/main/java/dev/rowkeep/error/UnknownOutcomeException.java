package dev.rowkeep.error;

import org.jspecify.annotations.Nullable;

/**
 * A write of which nobody can say yet whether it is durable: the storage failed while it was committing and could not be
 * asked afterwards.
 *
 * <p>It is never retried by the library. Read the record, or look for the correlation id in the log, before writing again; or give
 * writes a request id, and send the same request again.
 */
public final class UnknownOutcomeException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure of the write to {@code target}. */
    public UnknownOutcomeException(String target, @Nullable Throwable cause) {
        super(
                "The outcome of the write to " + target
                        + " is unknown: the storage failed while committing. It may or may"
                        + " not be there. Open the store again and read the record before writing it again.",
                cause);
    }
}
