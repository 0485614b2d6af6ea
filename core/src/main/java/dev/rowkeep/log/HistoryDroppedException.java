package dev.rowkeep.log;

import dev.rowkeep.commit.Position;
import dev.rowkeep.error.RowKeepException;

/** What was asked for is from before the oldest place that the log still holds: retention has dropped it, or the log began later. */
public final class HistoryDroppedException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final transient Position oldest;

    /** Creates the failure for {@code asked}, in words, of which the log tells from {@code oldest} on. */
    public HistoryDroppedException(String asked, Position oldest) {
        super("The log does not hold " + asked + " any more: what it tells begins at " + oldest
                + ". Ask for that place or a later one, or for the position of a snapshot that is kept.");
        this.oldest = oldest;
    }

    /** The oldest place that can be read. */
    public Position oldest() {
        return oldest;
    }
}
