package dev.rowkeep.error;

/** A call on a handle that was closed; nothing was written. */
public final class ClosedException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure of a call on {@code what}, which is closed. */
    public ClosedException(String what) {
        super(what + " is closed. Open it again with RowKeep.open(…); a handle cannot be reused.");
    }
}
