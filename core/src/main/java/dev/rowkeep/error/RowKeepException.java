package dev.rowkeep.error;

import org.jspecify.annotations.Nullable;

/** The base of every failure that this library reports by an exception of its own. */
public class RowKeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates a failure with a message that says what to do, and the cause where there is one. */
    public RowKeepException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates a failure with a message that says what to do. */
    public RowKeepException(String message) {
        super(message);
    }
}
