package dev.rowkeep.snapshot;

import dev.rowkeep.error.RowKeepException;
import org.jspecify.annotations.Nullable;

/** A snapshot that could not be made or copied, or a file of one that cannot be used. Nothing of what was asked for is there. */
public final class SnapshotException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param name the snapshot's name
     * @param why what is wrong and what to do
     */
    public SnapshotException(String name, String why, @Nullable Throwable cause) {
        this("Cannot make snapshot " + name + ": " + why, cause);
    }

    /**
     * Creates the failure.
     *
     * @param message what was not done, what is wrong and what to do
     */
    public SnapshotException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
