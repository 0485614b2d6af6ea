package dev.rowkeep.snapshot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of a storage, as one writer makes them. Safe for use by several threads.
 *
 * <p>A snapshot is a record of the store {@code rowkeep_snapshots}, so that the log says who made it when, and, where the storage is on a disk, a
 * file of the full state of all stores beside it. A whole store as of a place in the log is made from the nearest snapshot's file, if
 * one is nearer than the log's start and the present. Where the log still reaches back to it, a file that is missing or damaged costs time and nothing
 * else: what is damaged is never used, and a {@link dev.rowkeep.observe.KeepEvent.SnapshotUnusable} and a line in the log tell of it.
 *
 * <p>Every method that takes a name throws {@link IllegalArgumentException} if it is blank, longer than {@value #MAX_NAME_LENGTH} characters, or
 * holds a control character or half of a surrogate pair.
 */
public interface Snapshots {
    /** The longest name in characters. */
    int MAX_NAME_LENGTH = 200;

    /** What the names of those begin with that a {@link SnapshotPolicy} makes. */
    String AUTOMATIC = "auto-";

    /** The most snapshots that a storage keeps. */
    int MOST = 10_000;

    /**
     * Makes a snapshot of all stores as of the newest commit. Writers go on meanwhile; other snapshots, of other processes too, are waited for.
     * Blocks until it is durable; it is there as a whole or not at all, whenever the process ends. Memory does not grow with the stores.
     * Does not count as part of a request, and needs no lease.
     *
     * @throws SnapshotExistsException if there is one of that name; nothing was made
     * @throws SnapshotException if its file cannot be written, or there are {@value #MOST} already; nothing was made
     * @throws IllegalArgumentException also if the name begins with {@value #AUTOMATIC}
     * @throws IllegalStateException if the storage is open for reading only
     * @throws dev.rowkeep.error.UnknownOutcomeException if nobody knows whether it was made; {@link #find} tells
     */
    Snapshot create(String name);

    /** All of them, by their place in the log. */
    List<Snapshot> list();

    /** That of a name, if it is there. */
    Optional<Snapshot> find(String name);

    /**
     * Drops a snapshot and gives back what its file takes. The log stays, and with it {@code asOf} for its
     * position, unless retention has dropped that part: then it is gone with the file.
     *
     * @return whether it was there
     * @throws IllegalStateException if the storage is open for reading only
     */
    boolean drop(String name);

    /**
     * Copies a snapshot's file to a place of the application's, from where it may go to wherever a replica is to begin:
     * {@link dev.rowkeep.Replica#open(dev.rowkeep.spi.StorageProvider, Path, dev.rowkeep.store.KeepOptions)}. Every byte of the copy is checked
     * against the snapshot's record; then it gets its name and is durable, or nothing is there. Only a file called {@code target} and
     * then {@code .tmp} may be left by a crash. Works for as long as the file takes to be read twice; blocks nobody.
     *
     * @param target a file that is not there yet, in a folder that is
     * @return the snapshot that it is of; the replica goes on after its position
     * @throws IllegalArgumentException also if there is no snapshot of that name
     * @throws UnsupportedOperationException if the storage is not on a disk, so that its snapshots have no files
     * @throws SnapshotException if the file is missing or damaged, or the copy cannot be written or there is a {@code target} already, saying
     *     which; what was there is unchanged
     */
    Snapshot copy(String name, Path target);

    /**
     * Reads a snapshot's whole file and checks every byte of it against the snapshot's record.
     *
     * @return what is wrong, with the file and the place; empty if nothing is, or if there is no snapshot of that name, or it has no file
     *     because the storage is not on a disk
     */
    Optional<String> verify(String name);
}
