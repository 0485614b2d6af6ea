package dev.rowkeep.internal.engine;

import dev.rowkeep.lease.Lease;
import dev.rowkeep.spi.Image;
import org.jspecify.annotations.Nullable;

/** The lease that a writer must hold when its commit is decided. */
record Fence(StoreState<String, Lease> leases, Lease lease) {
    /** What a commit at {@code timeMicros} meets; null if the lease is held, so that it may land. */
    Outcome.@Nullable Fenced refusal(Overlay overlay, long timeMicros) {
        Image image = overlay.image(leases, lease.name());
        Lease newest = image == null ? null : leases.record(image).value();
        boolean isHeld =
                newest != null && newest.token() == lease.token() && timeMicros < StoreState.micros(newest.expiresAt());
        return isHeld ? null : new Outcome.Fenced(lease, newest);
    }
}
