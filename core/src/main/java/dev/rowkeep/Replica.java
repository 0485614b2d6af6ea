package dev.rowkeep;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.engine.Engine;
import dev.rowkeep.internal.engine.Follower;
import dev.rowkeep.log.LogSegment;
import dev.rowkeep.log.ReplicaLag;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import java.nio.file.Path;

/**
 * A copy of a log in a storage of its own, of whatever kind, kept up to date with what the log's primary ships. It has the same commits with the
 * same positions and hashes, and answers the same reads; only its primary's commits get into it.
 *
 * <p>How segments come from the primary is the application's: {@link dev.rowkeep.log.ChangeLog#ship} makes them, {@link #apply} takes them.
 * Whatever is sent twice, too early, damaged or by a primary whose epoch is over does no harm.
 *
 * <p>Safe for use by several threads. While one is open, nobody else may write to its storage.
 */
public final class Replica implements AutoCloseable {
    private final StorageProvider storage;
    private final KeepOptions options;
    private final Follower follower;
    private final RowKeep keep;

    private Replica(StorageProvider storage, KeepOptions options, Follower follower) {
        this.storage = storage;
        this.options = options;
        this.follower = follower;
        this.keep = new RowKeep(follower.engine());
    }

    /**
     * Opens a replica, creating its storage if it is not there.
     *
     * @param ofLog any position of the primary's log, as {@code primary.log().start()}: it tells which log this is a replica of
     * @throws IllegalArgumentException if the storage holds another log, or is one that other processes may write to
     * @throws UnsupportedOperationException if the storage cannot be a replica
     * @throws dev.rowkeep.spi.StorageException if it cannot be opened, saying why and what to do
     */
    public static Replica open(StorageProvider storage, Position ofLog, KeepOptions options) {
        return new Replica(storage, options, Follower.open(storage, ofLog, options));
    }

    /** As {@link #open(StorageProvider, Position, KeepOptions)}, with the default options. */
    public static Replica open(StorageProvider storage, Position ofLog) {
        return open(storage, ofLog, KeepOptions.defaults());
    }

    /**
     * Opens a replica that begins with a snapshot and not with the log's first commit. If the storage holds nothing yet, every byte of the file is
     * checked, then the snapshot's records are written, all of them or none whenever the process ends, and the replica is where the snapshot
     * is; commits before that are not there. If the storage holds the log already, this goes on from where it is, and only the
     * beginning of the file is read. Blocks for as long as the file takes to be read twice and written; memory does not grow with it, unless
     * the storage is in memory or DuckDB, which holds all records once and takes a gibibyte of them at most.
     *
     * <p>What was answered to requests is not part of a snapshot: one from before it that is sent again to this storage, once it is promoted, is
     * done again.
     *
     * @param snapshot what {@link dev.rowkeep.snapshot.Snapshots#copy} wrote on the primary
     * @throws dev.rowkeep.snapshot.SnapshotException if the file is missing or damaged, naming the place; no record was written
     * @throws IllegalArgumentException if the storage holds another log than the file is of, or is one that other processes may write to
     * @throws UnsupportedOperationException if the storage cannot be a replica, or cannot begin with a snapshot
     * @throws dev.rowkeep.spi.StorageException if it cannot be opened or written, saying why and what to do; open it again
     */
    public static Replica open(StorageProvider storage, Path snapshot, KeepOptions options) {
        return new Replica(storage, options, Follower.open(storage, snapshot, options));
    }

    /** As {@link #open(StorageProvider, Path, KeepOptions)}, with the default options. */
    public static Replica open(StorageProvider storage, Path snapshot) {
        return open(storage, snapshot, KeepOptions.defaults());
    }

    /**
     * Takes a segment in. Its commits are durable, and reads see them, when this returns; those that are there already are left out. Blocks for
     * the storage; one segment is taken at a time.
     *
     * @param segment what {@link LogSegment#toByteArray} gave
     * @return the place of the newest commit that was taken: what to ship after next, and what the primary may take for confirmed
     * @throws dev.rowkeep.log.ReplicationException if it is not taken: it is damaged, of another log, does not come next or does not
     *     continue what is here, or its sender's epoch is over. Nothing of it was written
     * @throws dev.rowkeep.spi.StorageException if it could not be written. Some of its commits may have been, whole and in order; apply
     *     it again
     */
    public Position apply(byte[] segment) {
        return follower.take(segment);
    }

    /**
     * Keeps this up to date with a primary that is open in the same process: takes what it has, then what it commits, on a thread of its own, and
     * confirms it there. A storage's failure is tried again, some times; the subscription ends with what {@link #apply} throws.
     *
     * @return the following, to be closed before either of the two
     * @throws IllegalArgumentException if {@code primary} has another log, or less of it than this
     */
    public Subscription follow(RowKeep primary) {
        return primary.engine().feed(follower);
    }

    /** The place of the newest commit that was taken, durable; the log's start before the first. */
    public Position position() {
        return follower.position();
    }

    /** How far this is behind its primary, as far as the segments have told. */
    public ReplicaLag lag() {
        return follower.lag();
    }

    /**
     * The handle for reading. Its writes are {@link IllegalStateException}s; a store can be opened as soon as a segment has brought it.
     * {@link dev.rowkeep.log.ChangeLog#awaitPosition} waits for a write that was made on the primary. Closed with the replica.
     */
    public RowKeep keep() {
        return keep;
    }

    /**
     * Makes a primary of this replica: closes it and opens its storage for writing, with a commit that begins a new epoch. From then on
     * replicas that have that commit refuse what an older primary ships. Commits that the old primary had not shipped are not there, and their
     * positions are unknown here.
     *
     * @param by who is the author of that commit
     * @return the handle for writing
     * @throws dev.rowkeep.spi.StorageException if the storage fails; the replica is closed then, and can be opened again
     */
    public RowKeep promote(Author by) {
        close();
        return new RowKeep(Engine.open(
                storage, StorageProvider.Access.READ_WRITE, options, engine -> Follower.beginEpoch(engine, by)));
    }

    /** Closes the replica and its handle for reading. Closing twice does nothing. */
    @Override
    public void close() {
        keep.close();
    }
}
