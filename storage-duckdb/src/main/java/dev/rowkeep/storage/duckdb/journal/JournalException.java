package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A journal could not do what it was asked for; {@link #kind()} says what is known of the outcome. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is known of the outcome. */
    public enum Kind {
        /** No record was written. It may be tried again; the message says if something is to be done first. */
        ROLLED_BACK,
        /** Nobody knows whether it is on the disk. {@link Journal#recover()} first, or open again. */
        UNKNOWN_OUTCOME,
        /** A file is not what was written; the message names it and the place. Nothing was changed. */
        DAMAGED,
        /** It is not there, is there already, or cannot be read. */
        PERMANENT
    }

    JournalException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A file that is not what was written. */
    static JournalException damaged(Path file, long offset, String found) {
        return new JournalException(
                Kind.DAMAGED,
                "Cannot use " + file + ": at byte " + offset + ", " + found
                        + ". Nothing was changed. Keep the files for examination, and restore the database with its"
                        + " journal from a backup.",
                null);
    }

    /** A file or directory that the system does not let us use. */
    static JournalException unreachable(String what, Path path, IOException cause) {
        return new JournalException(
                Kind.PERMANENT,
                "Cannot " + what + " " + path + " (" + cause.getClass().getSimpleName()
                        + "). Check that it is there, that this user may read and write it, and that the disk works.",
                cause);
    }

    /** What is known of the outcome. */
    public Kind kind() {
        return kind;
    }
}
