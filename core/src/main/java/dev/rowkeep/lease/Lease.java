package dev.rowkeep.lease;

import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Store;
import java.time.Instant;

/**
 * The right to do what goes by a name, for a time. A value: whoever has it may write under it, renew and release it, and it may be
 * passed to another process.
 *
 * @param name what it is for
 * @param token the fencing token: greater than that of every earlier lease of the name. Pass it to other systems that can refuse
 *     smaller ones.
 * @param holder the name of the author who acquired it
 * @param expiresAt when it ends, in the time of commits, unless it is renewed or released before
 */
@Store("rowkeep_leases")
public record Lease(@Key String name, long token, String holder, Instant expiresAt) {
    /**
     * Takes what {@link Leases#acquire} once gave.
     *
     * @throws IllegalArgumentException if the token is less than 1
     */
    public Lease {
        if (token < 1) {
            throw new IllegalArgumentException("A fencing token is at least 1, got " + token + ".");
        }
    }
}
