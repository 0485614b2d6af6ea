package dev.rowkeep.snapshot;

import dev.rowkeep.error.RowKeepException;
import org.jspecify.annotations.Nullable;

/** A snapshot that could not be made; nothing of it is there. */
public final class SnapshotException extends RowKeepException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param name the snapshot's name
     * @param why what is wrong and what to do
     */
    public SnapshotException(String name, String why, @Nullable Throwable cause) {
        super("Cannot make snapshot " + name + ": " + why, cause);
    }
}
