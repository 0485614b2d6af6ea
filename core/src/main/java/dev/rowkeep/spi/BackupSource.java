package dev.rowkeep.spi;

import java.nio.file.Path;

/**
 * Copies a storage's files while it is open, for reading only too.
 *
 * <p>Obligations of every implementation, each tested by the conformance kit:
 *
 * <ol>
 *   <li>The copy shows every commit up to one whole, and nothing of later ones; that one is no older than the newest that had returned when
 *       the copying began. It holds all else that the storage keeps: layouts, requests, incarnation and epoch.
 *   <li>Copying keeps nobody waiting: reads and commits go on.
 *   <li>All of the copy is below the folder, in files with names of ASCII letters, digits, dots, hyphens and underscores, in folders of such
 *       names or directly; none of a name that depends on where the storage is.
 *   <li>When it returns, nothing is open on the copy. Core makes it durable, and takes away what a failure left.
 *   <li>The copy can be opened for reading, and that changes nothing of its files; what opening puts beside them, core takes away.
 * </ol>
 */
@FunctionalInterface
public interface BackupSource {
    /**
     * Writes the copy. May be called by several threads, as reads may.
     *
     * @param folder a folder that is there and empty
     * @return what opens the copy, as long as it is there
     * @throws StorageException if it cannot be written
     */
    StorageProvider copyTo(Path folder);
}
