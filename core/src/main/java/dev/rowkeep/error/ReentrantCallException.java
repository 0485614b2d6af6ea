package dev.rowkeep.error;

/**
 * A call back into the library from code that the library itself runs: a closure, a transaction, a validator, a merge, a listener.
 *
 * <p>Waiting for a write inside such code could wait for itself, so the call is refused before anything happens.
 */
public final class ReentrantCallException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure of {@code call} made inside {@code callback}. */
    public ReentrantCallException(String call, String callback) {
        super("Cannot call " + call + " from inside a " + callback
                + ": it may have to wait for the very work that is calling it. "
                + (callback.equals("transaction")
                        ? "Call it on what the transaction's closure is given, or"
                        : "Read what you need before the " + callback + ", or")
                + " do the call after it returned.");
    }
}
