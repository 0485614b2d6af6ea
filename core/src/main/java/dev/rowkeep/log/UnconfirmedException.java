package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import dev.rowkeep.error.RowKeepException;
import java.time.Duration;

/**
 * A write was committed here and no replica has confirmed it in time. It stays, readers see it, and a replica gets it when it goes on; it is
 * lost only if this primary is lost first. It must not be written again.
 */
public final class UnconfirmedException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final Duration timeout;

    /** Creates the failure of a write whose commit, or one behind it, is at {@code position}. */
    public UnconfirmedException(Position position, Duration timeout) {
        super("The write is committed, at " + position + " or before, and no replica has confirmed it within " + timeout
                + ". Do not write it again: look whether the replica follows, and wait for it. If another primary has taken over,"
                + " read there whether the write is in its log.");
        this.position = position;
        this.timeout = timeout;
    }

    /** A place in the log up to which a confirmation was waited for. */
    public Position position() {
        return position;
    }

    /** For how long. */
    public Duration timeout() {
        return timeout;
    }
}
