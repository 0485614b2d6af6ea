package dev.rowkeep.lease;

/** What became of asking for a lease. */
public sealed interface LeaseResult {
    /**
     * The caller holds it.
     *
     * @param lease the lease, durable
     */
    record Acquired(Lease lease) implements LeaseResult {}

    /**
     * Another one holds it; nothing was written.
     *
     * @param by the lease that is held; ask again when it expires
     */
    record Held(Lease by) implements LeaseResult {}
}
