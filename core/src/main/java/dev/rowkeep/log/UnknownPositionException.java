package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import dev.rowkeep.error.RowKeepException;

/** A position that the log does not have: it is of another log, of another epoch of it, or after its head. */
public final class UnknownPositionException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Position position;
    private final transient Position head;

    /** Creates the failure for {@code position} in the log whose newest commit is at {@code head}. */
    public UnknownPositionException(Position position, Position head) {
        super("The log has no position " + position + ": " + why(position, head)
                + ". Give a position that this storage has given.");
        this.position = position;
        this.head = head;
    }

    private static String why(Position position, Position head) {
        if (!position.incarnation().equals(head.incarnation()) || position.partition() != head.partition()) {
            return "it is of another log than this one, whose head is " + head;
        }
        if (position.epoch() > head.epoch()) {
            return "it is of epoch " + position.epoch() + ", and the log is in epoch " + head.epoch();
        }
        if (position.sequence() <= head.sequence()) {
            return "the commit was lost when another primary took the log over, in an epoch after " + position.epoch();
        }
        return "the newest commit is " + head.sequence();
    }

    /** The position that was asked for. */
    public Position position() {
        return position;
    }

    /** The newest commit's place. */
    public Position head() {
        return head;
    }
}
