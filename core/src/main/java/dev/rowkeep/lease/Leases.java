package dev.rowkeep.lease;

import java.time.Duration;
import java.util.Optional;

/**
 * The leases of a storage, as one writer asks for them: for work that only one thread or process should do at a time. Safe for use by
 * several threads.
 *
 * <p>Who holds a lease can be paused for longer than it lasts, and not know. So what keeps two holders apart is not the clock but the
 * token: write through {@link dev.rowkeep.store.Session#fencedBy}, and a write of one who has been overtaken is refused inside the
 * commit. The clock only decides from when on another may take over. Time is that of commits, which never goes back.
 *
 * <p>Leases are records of the store {@code rowkeep_leases}: each one is a commit in the log, and SQL can read them. Each call blocks until
 * its outcome is durable.
 *
 * <p>Every method throws {@link IllegalArgumentException} if a name is blank, longer than {@value #MAX_NAME_LENGTH} characters, or
 * holds a control character or half of a surrogate pair, and if a time is less than a millisecond or more than 365 days; those that
 * write throw what {@link dev.rowkeep.store.Session#inTransaction} throws.
 */
public interface Leases {
    /** The longest name in characters. */
    int MAX_NAME_LENGTH = 200;

    /**
     * Acquires the lease {@code name} for {@code time}, if nobody holds it. Does not wait for who does. A lease that the same
     * author holds is held like any other: two processes of one job have the same author.
     */
    LeaseResult acquire(String name, Duration time);

    /**
     * Holds {@code lease} for {@code time} from now on, under the same token.
     *
     * @return the lease with its new end
     * @throws LeaseLostException if it has ended; it does not come back, even if nobody has taken it since
     */
    Lease renew(Lease lease, Duration time);

    /** Ends {@code lease}, so that another may have it at once. Whether it was held until now; if not, nothing is written. */
    boolean release(Lease lease);

    /** The lease {@code name}, if somebody holds it. */
    Optional<Lease> held(String name);
}
