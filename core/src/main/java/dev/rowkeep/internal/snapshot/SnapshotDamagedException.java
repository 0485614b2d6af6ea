package dev.rowkeep.internal.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A snapshot's file that is not what was written. Tells the file and the place. */
public final class SnapshotDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A file that is whole, and not the one that it should be. */
    public SnapshotDamagedException(Path file, String why) {
        super("Snapshot file " + file.getFileName() + ": " + why);
    }

    SnapshotDamagedException(Path file, long at, int part, String why, @Nullable Throwable cause) {
        super(
                "Snapshot file " + file.getFileName() + " is damaged at byte " + at + " (part " + part + "): " + why,
                cause);
    }
}
