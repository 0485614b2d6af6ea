package dev.rowkeep.store;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.Leases;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.snapshot.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who writes, why, and as part of what. Immutable and safe for use by several threads. */
public interface Session {
    /** The longest reason in characters. */
    int MAX_REASON_LENGTH = 2_000;

    /** The longest request id in characters. */
    int MAX_REQUEST_ID_LENGTH = 200;

    /** How many records one erasure may be of. */
    int MOST_ERASED = 10_000;

    /** How many commits, from the log's end, {@link #undo()} and {@link #redo()} look at. */
    int UNDO_REACH = 100_000;

    /** Who. */
    Author author();

    /** Why, as it goes into the log. */
    Optional<String> reason();

    /** What ties the commits to other work, as it goes into the log. */
    Optional<String> correlationId();

    /** The same writer with a reason. */
    Session because(String reason);

    /** The same writer with a correlation id. */
    Session correlatedBy(String correlationId);

    /** The id of the one write that this session is for, if it is for one. */
    Optional<String> requestId();

    /**
     * The same writer for one write under an id of the caller's, an idempotency key: a UUID, a message's id, a file's name. However
     * often that write is sent, by whichever threads and processes, before and after a crash, it takes effect once, and every
     * caller gets the first outcome: a {@code Duplicate} from {@code apply}, {@code applyAsync} and {@link #commit}, the first
     * record or exception from the verbs that throw.
     *
     * <p>The id belongs to the write's author and content in canonical form; of an update by closure, to its author, store and key,
     * so that what the closure does must follow from the id. Reason and correlation id do not count.
     *
     * <p>Kept is what was decided on the store's state, in the commit that carries it out: written, merged, unchanged, conflict,
     * rejection. What never came to a decision leaves the id free: values that break a rule by themselves, an exception of the
     * caller's code, lost races, interrupts, failures of the storage. An outcome is kept at least as long as
     * {@link KeepOptions#requestsKept} says.
     *
     * <p>Every write of the session throws {@link dev.rowkeep.error.RequestReusedException} if the id was used for another one.
     *
     * @throws IllegalArgumentException if the id is blank, longer than {@value #MAX_REQUEST_ID_LENGTH} characters, or holds a control
     *     character or half of a surrogate pair
     */
    Session forRequest(String requestId);

    /**
     * The same writer, for a job: none of its writes lands on a record that a user has touched less than {@code time} ago. Where
     * one would, nothing is written: {@code apply}, {@code applyAsync} and {@link #commit} say {@code Deferred}, the verbs that throw
     * throw {@link dev.rowkeep.edit.DeferredException}. An edit with a guard of its own, by
     * {@link Edit#unlessTouchedWithin(Duration)}, waits for the longer of the two. What is put off leaves a request's id free.
     *
     * @param time one microsecond to 365 days; finer parts are left out
     * @throws IllegalArgumentException if it is out of bounds
     */
    Session unlessTouchedWithin(Duration time);

    /**
     * The same writer under a lease: its writes land only while that is held, which is checked inside each commit. Where it has
     * expired, was released, or another holds it by now, every write of the session, transactions included, throws {@link
     * dev.rowkeep.lease.LeaseLostException}, and nothing is written. A request that was decided before is answered all the same.
     */
    Session fencedBy(Lease lease);

    /** The leases of the storage, to acquire as this author; the session's request id, guard and lease do not count for that. */
    Leases leases();

    /**
     * The snapshots of the storage, to make and drop as this author, for its reason; the session's request id, guard and lease do not count
     * for that.
     */
    Snapshots snapshots();

    /**
     * What drops the oldest part of the log, as this author, for its reason; the session's request id, guard and lease do not count for that.
     */
    Retention retention();

    /**
     * Erases all values of personal columns of some records, for good: from the records themselves, in a commit of this author's that says so,
     * and from everything that tells of the past. When this returns, no file of the storage holds a byte of them: not its rows and history, nor
     * the files of its snapshots, nor free space in either. The history still verifies; who reads it finds {@link
     * dev.rowkeep.commit.Erased#ERASED} in the place of the values. Replicas do the same when that commit gets to them. After a crash, what was
     * begun is ended when the storage is opened for writing.
     *
     * <p>What left the storage before is out of reach: backups, files of exports and segments, copies of snapshots. So are
     * authors' names, reasons and correlation ids. The session's request id, guard and lease do not count. Takes as long as writing the
     * storage anew; no commit runs meanwhile.
     *
     * @throws IllegalArgumentException if a record never was there, a store has no personal column, or these are more than {@value
     *     #MOST_ERASED} records; nothing was erased
     * @throws dev.rowkeep.edit.RejectedException if a check of a schema refuses a record without its personal values; nothing was erased
     * @throws UnsupportedOperationException if the storage cannot erase
     */
    ErasureResult erase(Subject subject);

    /**
     * Commits edits over any records and stores: all of them in one commit, or none. Each record may be edited once. Blocks
     * until the outcome is durable.
     *
     * @throws IllegalArgumentException if there are no edits, two of one record, or one that stands on nothing although it must
     */
    CommitResult commit(List<? extends Edit<?, ?>> edits);

    /**
     * Runs {@code body} as a serializable transaction over any records and stores, and waits until it has landed: the outcome is as
     * if it alone had run, at one moment between the call and the return.
     *
     * <p>All reads are as of one commit. Writes are kept back; when {@code body} returns, everything that it has read, conditions of
     * queries included, is compared with what others have changed since, inside the commit. Where they touch, nothing is written and
     * {@code body} runs again on a new state, as {@link RetryPolicy} says; so it may run several times and must have no side effects.
     * A transaction that writes nothing never fails for that. It is written as one commit, and each record gets one new version.
     *
     * <p>{@code body} must not call the library but through its argument, and holds nobody up while it runs. What it throws ends the
     * transaction with nothing written, and is passed on.
     *
     * @return what {@code body} returned, and the commit
     * @throws IllegalStateException if this session has a request id or a guard; transactions take neither
     * @throws dev.rowkeep.error.RetriesExhaustedException if others came first on every attempt; nothing was written
     * @throws dev.rowkeep.error.TransactionLimitException if {@code body} takes too long, reads or writes too much (see {@link
     *     KeepOptions#transactions})
     * @throws dev.rowkeep.edit.RejectedException if a unique value is taken
     * @throws dev.rowkeep.error.UnknownOutcomeException if nobody knows whether it landed
     */
    <R extends @Nullable Object> TransactionResult<R> inTransaction(Function<? super Transaction, ? extends R> body);

    /** A new, empty draft, which will be saved as this session. */
    Draft draft();

    /**
     * Takes back the newest of this author's commits that still stands, as {@link #undo(Position)} does, and so from one call to the
     * next those before it. What the author has undone is kept in the storage, in the same commit: it is the same after a restart
     * and in other processes, and of calls at the same time each takes back another commit. A commit that is not an undo or a redo
     * empties what {@link #redo()} has.
     *
     * <p>Looked at are the newest {@value #UNDO_REACH} commits of the log, whoever made them. Leases are no edits, and stay.
     *
     * @return what became of it; {@code Committed} without results if nothing of the author's is left to take back; it names the cells
     *     that stay as they are because what was in them was erased
     * @throws IllegalStateException if the session has a request id, or a store that the commit changed is not open
     * @throws dev.rowkeep.log.HistoryDroppedException if retention has dropped the contents that say what the commit replaced
     */
    CommitResult undo();

    /**
     * Takes back the author's newest {@link #undo()} that still stands.
     *
     * @return what became of it; {@code Committed} without results if there is none, or the author has committed something else since
     * @throws IllegalStateException as {@link #undo()}
     */
    CommitResult redo();

    /**
     * Takes back any one commit, of whoever, by the edits of {@link #inverseOf} in one commit; {@code Refused} if one of them meets
     * what others have changed since. It is a commit like any other: {@link #undo()} takes it back.
     *
     * @throws dev.rowkeep.log.UnknownPositionException if the position is of another log or epoch, or after the head
     * @throws IllegalArgumentException if it is the log's start
     * @throws IllegalStateException as {@link #undo()}
     * @throws dev.rowkeep.log.HistoryDroppedException as {@link #undo()}
     */
    CommitResult undo(Position commit);

    /** The commit that {@link #undo()} would take back now, to name it, or to preview its {@link #inverseOf}. */
    Optional<Commit> toUndo();

    /** The commit that {@link #redo()} would take back now: the one that an {@link #undo()} made. */
    Optional<Commit> toRedo();

    /**
     * The edits that take back a commit, the last change first; none of them is written. Each stands on what the commit left:
     *
     * <ul>
     *   <li>an update is taken back cell by cell: cells that nobody has changed since get the value from before, and where somebody
     *       has, the column's merge rule decides, or it is a conflict;
     *   <li>an insert is taken back by a delete, which conflicts if the record is not as it was inserted;
     *   <li>a delete is taken back by an insert of what was deleted, in which a column without a value gets its default; it conflicts if
     *       there is a record again.
     * </ul>
     *
     * @throws dev.rowkeep.log.UnknownPositionException if the position is of another log or epoch, or after the head
     * @throws IllegalArgumentException if it is the log's start
     * @throws IllegalStateException if a store that the commit changed is not open: call {@code keep.store(schema)} before
     */
    List<Edit<?, ?>> inverseOf(Position commit);
}
