package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import java.util.Optional;

/** A listener's following of the log, until it is closed. */
public interface Subscription extends AutoCloseable {
    /** The place up to which commits were delivered or filtered out; keep it to go on from there after a restart. */
    Position delivered();

    /** Why the subscription ended by itself; empty while it goes on or after {@link #close()}. */
    Optional<Throwable> failure();

    /** Ends it; a delivery under way is waited for, unless the listener itself is the caller. */
    @Override
    void close();
}
