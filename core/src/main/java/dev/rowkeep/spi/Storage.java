package dev.rowkeep.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * An open storage: durability, ordering and comparison. Concurrency, merging, validation, retry and caching are core's.
 *
 * <p>Obligations of every implementation, each tested by the conformance kit:
 *
 * <ol>
 *   <li>All methods may be called by several threads at once, except {@link #commit}, {@link #install} and {@link #recover},
 *       which core calls one at a time.
 *   <li>Reads see every commit for which {@link #commit} has returned, and never part of one.
 *   <li>Every failure is a {@link StorageException} of the right kind; nothing else escapes but exceptions thrown by
 *       {@link CommitWork#decide}, which pass unchanged after a rollback.
 *   <li>Canonical values are stored and read back equal, and compare as {@link dev.rowkeep.schema.ColumnType#compare} does.
 *   <li>An interrupt of the calling thread does no harm: the call finishes, and the thread stays interrupted.
 * </ol>
 */
public interface Storage extends StorageReader, AutoCloseable {
    /** What this storage can do. */
    Capabilities capabilities();

    /** The log's identity, made or given when the storage was created and never changed. */
    UUID incarnation();

    /** The newest durable commit, of whichever process. Where several share the storage this is asked often, and is cheap while nothing changes. */
    Head head();

    /**
     * What tells whether other processes changed a store's records; empty if none can. Given to a cache of that store, once.
     */
    default Optional<ChangeStamps> stamps(StoreLayout layout) {
        return Optional.empty();
    }

    /** The layouts of all stores, as they are now. */
    List<StoreLayout> layouts();

    /**
     * Keeps a new layout, or a new form of one that is there with columns or indexes added. Durable and atomic: after a crash
     * either form is there, whole. Records keep their versions; their new cells are missing values.
     *
     * @throws StorageException {@code UNIQUE_TAKEN} if records share a value of a new unique index; {@code STALE} if another process
     *     has installed layouts that {@link #layouts()} had not given yet: nothing was installed, and now it gives them
     */
    void install(StoreLayout layout);

    /** The records as of the newest commit, for several reads that must agree. */
    StorageSnapshot snapshot();

    /**
     * Takes the write lock, lets {@code work} decide, writes its plan in one transaction and makes it durable before
     * returning.
     *
     * <p>Implementations must check that each record still is what its {@link RowWrite#before()} says (by version) and fail with
     * {@code STALE} otherwise; must set unique values so that they can move between records of one plan; must write nothing
     * when the plan is empty; must store a plan's requests with its rows or not at all, and fail with {@code UNIQUE_TAKEN} if an
     * id is stored already; must report a failure of the commit itself as {@code UNKNOWN_OUTCOME} unless they know better; and
     * must not retry anything after a failed sync.
     */
    void commit(CommitWork work);

    /**
     * After an {@code UNKNOWN_OUTCOME}: opens the storage's connections anew and returns its head as it is now, under the write
     * lock and durable.
     */
    Head recover();

    /** The commit {@code sequence}, if it is there. */
    default Optional<LoggedCommit> commitAt(long sequence) {
        return commitsAfter(sequence - 1, 1).stream()
                .filter(commit -> commit.header().sequence() == sequence)
                .findFirst();
    }

    /** The commits after a sequence in order, at most {@code most}; those that were dropped are left out. */
    List<LoggedCommit> commitsAfter(long sequence, int most);

    /**
     * Shows {@code visitor} what the commits after {@code after} up to {@code through} have changed in one store, in the order of the log, without
     * the full images; up to the log's end as reads see it, if {@code through} is {@link Long#MAX_VALUE}. The visitor is quick and calls nothing.
     *
     * @throws StorageException {@code PERMANENT} if one of the commits, of whichever store, is not there
     */
    default void changes(StoreLayout layout, long after, long through, Consumer<? super LoggedChange> visitor) {
        LogPages.changes(this, layout.id(), after, through, visitor);
    }

    /**
     * The headers of the commits {@code sequences}, which ascend and may be very many, by their sequences; those that are not there are left
     * out. The map is the caller's.
     */
    default Map<Long, LoggedHeader> headers(List<Long> sequences) {
        return LogPages.headers(this, sequences);
    }

    /** The place that the log begins behind: the newest commit that was dropped; {@link Head#empty} while none was. */
    default Head start() {
        return Head.empty();
    }

    /**
     * Drops the commits up to a sequence from the log, with their changes; {@link #start} is then the last of them. Records, tombstones and
     * requests stay, and so does what reads of later places need. Called one at a time with {@link #commit}, for a bounded number of
     * commits each, while others read.
     *
     * <p>Implementations must do it whole or not at all, durably; must take a sequence that is dropped already for done; and must refuse
     * one after the head as {@code PERMANENT}.
     *
     * @throws UnsupportedOperationException if the storage keeps its whole log, which is so unless an implementation says otherwise
     */
    default void dropThrough(long sequence) {
        throw new UnsupportedOperationException(
                "The storage " + capabilities().name() + " keeps its whole log: it cannot drop the oldest commits.");
    }

    /**
     * Drops the contents of changes: puts each of {@code dropped}, which core has made of what the log held under the same id, in the place of that.
     * What stays of a change is all but its contents, and says which record it made which version of. {@link #contentsDroppedThrough} of each
     * store is then at least the newest of its changes here. Records stay as they are, and so does what reads of later places need. Called one
     * at a time with {@link #commit}, for a bounded number of changes each, while others read.
     *
     * <p>Implementations must do it whole or not at all, durably; must do nothing, at once, when there are none, by which core finds out whether they
     * can; and must pass over a change that the log holds no more. Core drops a record's changes from the oldest on, and never that of its
     * newest version's commit unless the row tells what it made.
     *
     * @param dropped in the order of the log, without full images
     * @throws UnsupportedOperationException if the storage cannot, which is so unless an implementation says otherwise
     */
    default void dropContents(List<LoggedChange> dropped) {
        throw new UnsupportedOperationException(
                "The storage " + capabilities().name() + " cannot drop the contents of changes and keep the changes.");
    }

    /**
     * The sequence of the newest commit of which the contents of a change of this store were dropped; 0 if there is none. What the store's records
     * were as of that place is told by what came after, and not what they were before.
     */
    default long contentsDroppedThrough(StoreLayout layout) {
        return 0;
    }

    /**
     * Begins the log of a storage that holds no commit yet behind {@code start}, with the records that there were then. For replicas that do not
     * begin with a log's first commit. Called one at a time with {@link #commit}.
     *
     * <p>Implementations must do it whole or not at all, durably, and must refuse a storage that holds a commit, or began already, as
     * {@code PERMANENT}. What {@code records} throws passes unchanged, and nothing was written.
     *
     * @param records of installed stores, each record once
     * @throws UnsupportedOperationException if the storage cannot, which is so unless an implementation says otherwise
     */
    default void begin(Head start, StartingRecords records) {
        throw new UnsupportedOperationException(
                "The storage " + capabilities().name() + " cannot begin in the middle of a log.");
    }

    /**
     * Erases personal values from the history of records: replaces their changes, and past versions where the storage keeps such, by what {@link
     * ErasedRecords} makes of them, and leaves nothing of what they held in any of its files. The rows of the records hold no such values any
     * more, but what commits after {@link ErasedRecords#through} have written. Called one at a time with {@link #commit}, while others
     * read; may take as long as writing the storage anew.
     *
     * <p>Implementations must do nothing, at once, when there are no records: so core finds out whether they can. They must be right when
     * called again with the same, which core does after a failure or a crash; a reader that has met an erased change must meet no later
     * one that is not. When this returns, it is durable, and the files have no byte of the values: no free page, write-ahead log or
     * set-aside copy does. If it fails as {@code BUSY}, as others hold on to bytes in files, nothing of the values is read from the log any
     * more.
     *
     * @throws UnsupportedOperationException if the storage cannot, which is so unless an implementation says otherwise
     */
    default void erase(List<ErasedRecords> records) {
        throw new UnsupportedOperationException(
                "The storage " + capabilities().name() + " cannot erase anything from its history.");
    }

    /**
     * Gives a bounded part of the space that nothing needs any more back to the disk. Called one at a time with {@link #commit}.
     *
     * @return whether there is more to give back
     */
    default boolean reclaim() {
        return false;
    }

    /**
     * What is stored of the requests whose {@link StoredRequest#sequence()} is {@code from} to {@code to}, both included, in the order in which
     * they were stored. Asked for each stretch of the log that is shipped to a replica.
     */
    List<StoredRequest> requests(long from, long to);

    /**
     * The versions of a record from {@code newest} down to {@code oldest}, both included, in that order; those that are not there
     * are left out. The cost must grow with the number of versions asked for plus {@link LoggedChange#CHECKPOINT_INTERVAL}, not
     * with the depth of the history.
     */
    List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest);

    /**
     * The newest version of a record made by a commit of at most {@code sequence}, which is not before {@link #start}; 0 if there is none. It is
     * told of a version too whose own change was dropped.
     */
    long versionAt(StoreLayout layout, Object key, long sequence);

    /** The newest commit made at or before a time in microseconds since 1970, that of {@link #start} among them; 0 if there is none. */
    long sequenceAt(long timeMicros);

    /** The storage's own SQL, to read with; empty if it has none. */
    default Optional<SqlSource> sqlSource() {
        return Optional.empty();
    }

    /** What copies the storage's files; empty if it has none. */
    default Optional<BackupSource> backupSource() {
        return Optional.empty();
    }

    /**
     * The folder for files that belong to this storage, such as those of its snapshots: beside it, under a name of its own, the same
     * whenever it is opened, and no other storage's. Core makes it when there is something to put into it and is alone in changing what is
     * there; where the storage goes, it goes. Empty if the storage has no place on a disk.
     */
    default Optional<Path> attachments() {
        return Optional.empty();
    }

    /** The first thing that is wrong with the storage's own structure, indexes included. */
    Optional<String> check();

    /** Gives everything back. Durable content stays. Called once, with no other call under way. */
    @Override
    void close();
}
