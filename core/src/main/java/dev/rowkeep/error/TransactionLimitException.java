package dev.rowkeep.error;

/** A transaction that grew beyond one of its limits; nothing of it was written, and it is not run again. */
public final class TransactionLimitException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final Limit limit;

    /** What is limited. */
    public enum Limit {
        /** How long one run takes. */
        DURATION,
        /** How many records it reads. */
        READS,
        /** How many records it writes. */
        WRITES
    }

    /** Creates the failure of a transaction that reached {@code most}. */
    public TransactionLimitException(Limit limit, String most) {
        super(
                "A transaction went beyond its limit of " + most
                        + ". Nothing was written. Split the work, read less in it, or raise the limit in KeepOptions.transactions.");
        this.limit = limit;
    }

    /** What was exceeded. */
    public Limit limit() {
        return limit;
    }
}
