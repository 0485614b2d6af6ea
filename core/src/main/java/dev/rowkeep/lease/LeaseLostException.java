package dev.rowkeep.lease;

import dev.rowkeep.error.RowKeepException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A write, or a renewal, under a lease that has expired, was released, or is another's by now; nothing was written. */
public final class LeaseLostException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Lease lease;
    private final transient @Nullable Lease newest;

    /**
     * Creates the failure of who had {@code lease}.
     *
     * @param newest the newest lease of that name; null if the storage never gave one
     */
    public LeaseLostException(Lease lease, @Nullable Lease newest) {
        super("The lease " + lease.name() + " with token " + lease.token() + " is not held any more: "
                + reason(lease, newest)
                + " Nothing was written. Acquire it again, and read again before writing.");
        this.lease = lease;
        this.newest = newest;
    }

    private static String reason(Lease lease, @Nullable Lease newest) {
        if (newest == null) {
            return "this storage never gave it.";
        }
        return newest.token() == lease.token()
                ? "it ended at " + newest.expiresAt() + "."
                : "token " + newest.token() + " was given to " + newest.holder() + ", until " + newest.expiresAt()
                        + ".";
    }

    /** What the caller had. */
    public Lease lease() {
        return lease;
    }

    /** The newest lease of the name, whether it has ended or not; empty if the storage never gave one. */
    public Optional<Lease> newest() {
        return Optional.ofNullable(newest);
    }
}
