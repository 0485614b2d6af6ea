package dev.rowkeep.spi;

import dev.rowkeep.error.RowKeepException;
import org.jspecify.annotations.Nullable;

/** A storage's failure, classified by what the caller may assume. */
public final class StorageException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    /** What the caller may assume. */
    public enum Kind {
        /** Nothing was written; another attempt may succeed. */
        ROLLED_BACK,
        /** Nothing was written, unless {@link Storage#erase} says so; somebody else holds the storage. */
        BUSY,
        /** Nothing was written; a unique value of the plan is taken. */
        UNIQUE_TAKEN,
        /** Nothing was written; a record's version was not the one that the plan stands on. */
        STALE,
        /** Nobody knows whether it was written. */
        UNKNOWN_OUTCOME,
        /** Nothing was written and no attempt on this handle will succeed: damaged, full, read-only, wrong version. */
        PERMANENT
    }

    /** Creates a failure. */
    public StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A log that lacks the commit {@code sequence}, or one soon after it. */
    public static StorageException lacksCommit(long sequence) {
        return new StorageException(
                Kind.PERMANENT,
                "The log lacks commit " + sequence + " or one soon after it. Run log().verify() and restore a backup.",
                null);
    }

    /** What the caller may assume. */
    public Kind kind() {
        return kind;
    }
}
