package dev.rowkeep.backup;

import dev.rowkeep.error.RowKeepException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backup that was not made, or is not whole. Nothing is left of what failed, and nothing that was there was changed. */
public final class BackupException extends RowKeepException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;
    private final transient @Nullable Damage damage;

    /** Why. */
    public enum Kind {
        /** Somebody else makes or drops a backup in the folder. */
        BUSY,
        /** The copy does not verify: the store that it was made of is damaged, or the disk. */
        UNVERIFIED,
        /** The backup is not what was written. */
        DAMAGED,
        /** The folder or its disk does not do it: no space, no right, not there. */
        FAILED
    }

    /**
     * Where a backup is damaged.
     *
     * @param file the file's name in the backup
     * @param from the first byte of the range that holds the damage
     * @param to the byte behind its last
     */
    public record Damage(String file, long from, long to) {}

    private BackupException(Kind kind, String message, @Nullable Damage damage, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.damage = damage;
    }

    /** A failure of {@code kind}. */
    public static BackupException of(Kind kind, String message, @Nullable Throwable cause) {
        return new BackupException(kind, message, null, cause);
    }

    /** A backup at {@code path} that is damaged. */
    public static BackupException damaged(String path, Damage damage, String found) {
        return new BackupException(
                Kind.DAMAGED,
                "The backup " + path + " is not whole: " + damage.file() + ", bytes " + damage.from() + " to "
                        + damage.to() + ": " + found
                        + ". Nothing was restored. Use another backup, and look at the disk.",
                damage,
                null);
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** Where the backup is damaged; of {@link Kind#DAMAGED} only. */
    public Optional<Damage> damage() {
        return Optional.ofNullable(damage);
    }
}
