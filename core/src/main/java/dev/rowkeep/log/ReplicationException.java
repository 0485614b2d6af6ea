package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import dev.rowkeep.error.RowKeepException;

/** A segment of the log that a replica does not take. Nothing of it was written. */
public final class ReplicationException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Position position;

    /** Why a segment is not taken. */
    public enum Reason {
        /** It is damaged or of a form that is not known. Ship it again. */
        DAMAGED,
        /** It is of another log. */
        OTHER_LOG,
        /** Commits are missing between the replica's newest and its first. Ship from where the replica is. */
        GAP,
        /** It does not continue what the replica holds: the two have taken different ways. Make the replica anew. */
        CHAIN_BREAK,
        /** Its sender was the primary of an epoch that is over. It must not write any more. */
        OLD_EPOCH
    }

    /** Creates the refusal of a segment by a replica whose newest commit is at {@code position}. */
    public ReplicationException(Reason reason, Position position, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.position = position;
    }

    /** Creates the refusal of a segment by a replica whose newest commit is at {@code position}. */
    public ReplicationException(Reason reason, Position position, String message) {
        super(message);
        this.reason = reason;
        this.position = position;
    }

    /** Why it is not taken. */
    public Reason reason() {
        return reason;
    }

    /** The place of the replica's newest commit; its epoch is the one that the replica is in. */
    public Position position() {
        return position;
    }
}
