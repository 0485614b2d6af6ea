package dev.rowkeep.backup;

import java.util.List;
import java.util.function.Consumer;

/**
 * The backups of one storage in one folder. Safe for use by several threads; one backup at a time is made in a folder, by whichever process.
 *
 * <p>Everything is durable and whole or not there, whenever the process ends. Only what is a complete backup of this storage is listed or
 * removed: other things may be in the folder.
 */
public interface Backups {
    /**
     * The same backups, which tell {@code listener} how far the making of one is, on the thread that makes it. An exception of the
     * listener's ends the making, and nothing is left of it.
     */
    Backups onProgress(Consumer<BackupProgress> listener);

    /**
     * Makes a backup, while reads and writes go on: all as of one commit, which is no older than the newest that had returned before. The
     * copy is opened as a store of its own and verified, and only then gets its name, which holds the time and the commit's sequence and is
     * never one that is there. Blocks for as long as copying and verifying the storage take.
     *
     * @throws UnsupportedOperationException if the storage has no files
     * @throws BackupException {@code BUSY}, {@code UNVERIFIED} or {@code FAILED}; nothing is left of it
     * @throws dev.rowkeep.spi.StorageException if the storage could not write its copy; nothing is left of it
     */
    Backup create();

    /** The complete backups of this storage, the oldest first. Reads their lists of files, and not these; {@code verifyBackup} does. */
    List<Backup> list();

    /**
     * Removes the oldest beyond the {@code newest} ones, the time of making deciding.
     *
     * @return those that were removed, the oldest first
     * @throws IllegalArgumentException if {@code newest} is below 1
     * @throws BackupException {@code BUSY} or {@code FAILED}
     */
    List<Backup> keep(int newest);
}
