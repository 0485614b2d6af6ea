package dev.rowkeep.spi;

/**
 * A place where a storage can be made of a copy.
 *
 * <p>Obligations of every implementation, each tested by the conformance kit:
 *
 * <ol>
 *   <li>Where anything of a storage is, or somebody has it open, restoring is refused and nothing changed.
 *   <li>Nothing is there under a name of the storage's before all files are copied; what makes the storage exist comes last. So after a crash
 *       the storage is there whole or not at all, and what is left is no obstacle to the next attempt.
 *   <li>When it fails, nothing stays but what tells who has the storage open.
 *   <li>When it returns, the storage is durable, and is opened as any other.
 * </ol>
 */
public interface RestoreTarget {
    /** The name of the storages whose copies it takes, as in {@link Capabilities#name()}. */
    String storage();

    /**
     * Makes the storage.
     *
     * @throws StorageException {@code BUSY} if somebody has it open; {@code PERMANENT} if something is there, the files are not those of such
     *     a storage, or they cannot be written; {@code UNKNOWN_OUTCOME} if it is there, but may not outlast a crash before it is opened
     */
    void restore(BackupFiles files);
}
