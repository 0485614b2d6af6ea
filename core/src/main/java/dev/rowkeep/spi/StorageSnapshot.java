package dev.rowkeep.spi;

/**
 * The records of a storage as of one commit, whatever is committed meanwhile. Used by one thread; a scan must be closed before the
 * next call. Must be closed soon: a storage may have to keep for it what it would otherwise tidy away.
 *
 * <p>Obligations of every implementation, each tested by the conformance kit:
 *
 * <ol>
 *   <li>All reads show every commit up to {@link #head} whole, and nothing of later ones.
 *   <li>The head is no older than the newest commit that had returned when the snapshot was opened.
 *   <li>An open snapshot keeps nobody waiting: commits go on and are seen by other reads.
 * </ol>
 *
 * <p>Its stores are those that were there when it was opened, in the layouts that they had.
 */
public interface StorageSnapshot extends StorageReader, AutoCloseable {
    /** The newest commit that the snapshot shows. */
    Head head();

    /**
     * The tombstones of a store, in any order, read as they are consumed: of each key that was used and has no record, the last
     * version.
     */
    ImageScan tombstones(StoreLayout layout);

    /** Gives everything back. Never fails. */
    @Override
    void close();
}
