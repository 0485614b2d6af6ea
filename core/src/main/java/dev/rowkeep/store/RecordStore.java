package dev.rowkeep.store;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.record.VersionedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * The records of one store, to read and write. Safe for use by several threads.
 *
 * <p>A read that starts after a write was acknowledged sees it or something newer, cached or not.
 *
 * <p>A write that returns is durable and visible to every reader. Each write is atomic. Closures, validators and listeners must
 * not call the library ({@link dev.rowkeep.error.ReentrantCallException}).
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public interface RecordStore<K, T> extends RecordReader<K, T> {
    /** The same store, written to as {@code session}. */
    RecordStore<K, T> as(Session session);

    /**
     * Inserts {@code value} under its own key. After a delete the versions go on.
     *
     * @throws dev.rowkeep.edit.VersionConflictException if the record is there
     * @throws dev.rowkeep.edit.RejectedException if a value breaks a rule
     */
    VersionedRecord<K, T> insert(T value);

    /**
     * Changes the record {@code key} by a closure from the record that is there to the one wanted. The closure is strict: it
     * never lands on another record than the one it was given, and is run again on a fresh one when it lost a race. It must
     * have no side effects, and may run several times.
     *
     * @return the record as it now is; the one that was there if the closure changed nothing
     * @throws dev.rowkeep.edit.RecordNotFoundException if there is no such record
     * @throws dev.rowkeep.edit.RejectedException if a value breaks a rule
     * @throws dev.rowkeep.error.RetriesExhaustedException if other writers came first on every attempt
     * @throws dev.rowkeep.edit.DeferredException if the session's guard put it off
     * @throws IllegalArgumentException if the closure changes the key
     */
    VersionedRecord<K, T> update(K key, UnaryOperator<T> change);

    /**
     * Deletes the record {@code key}, whatever its version; to delete only what you have seen, apply
     * {@link Edit#delete(dev.rowkeep.schema.Schema, Object)}.
     *
     * @return what was deleted, under the delete's version
     * @throws dev.rowkeep.edit.RecordNotFoundException if there is no such record
     * @throws dev.rowkeep.edit.DeferredException if the session's guard put it off
     */
    VersionedRecord<K, T> delete(K key);

    /**
     * Applies {@code edit} and waits until its outcome is durable. An interrupt before the edit is taken into a commit cancels
     * it; afterwards the call waits for the outcome.
     *
     * @throws IllegalArgumentException if the edit is of another store, or stands on nothing although it must
     * @throws dev.rowkeep.error.RetriesExhaustedException if a rule of the application's lost its race on every attempt
     */
    WriteResult<K, T> apply(Edit<K, T> edit);

    /**
     * As {@link #apply}, without waiting; the future completes on an executor, never on the committing thread. Blocks only while
     * 65,536 writes are waiting to be committed.
     */
    CompletableFuture<WriteResult<K, T>> applyAsync(Edit<K, T> edit);

    /** What {@code edit} would do at this moment; nothing is written. */
    Preview<K, T> preview(Edit<K, T> edit);

    /** Every version of the record {@code key}, newest first. */
    default List<RecordVersion> history(K key) {
        return history(key, Integer.MAX_VALUE);
    }

    /** The newest {@code most} versions of the record {@code key}, newest first. */
    List<RecordVersion> history(K key, int most);

    /**
     * Who set what the record {@code key} is now: by column name, in column order, the version that gave the cell its present value, or
     * took it away. A column that has had no value since the record was inserted is not there; of a record that is not there, none is.
     * Reads versions back to the insert, if a column still has its value from there.
     */
    Map<String, RecordVersion> blame(K key);

    /**
     * The cells in which two versions of the record {@code key} differ; a deleted version has none.
     *
     * @throws IllegalArgumentException if there is no such version
     */
    List<CellChange> diff(K key, long fromVersion, long toVersion);

    /**
     * The record {@code key} as its version {@code version}; empty if that version is a delete.
     *
     * @throws IllegalArgumentException if there is no such version
     */
    Optional<VersionedRecord<K, T>> asOf(K key, long version);

    /**
     * All records as of {@code position}, that commit included. Reads the records that are there and the changes since, or the
     * changes up to there, whichever changes are fewer; blocks that long, and holds the view in memory.
     *
     * @throws dev.rowkeep.log.UnknownPositionException if the position is of another log or epoch, or after the head
     * @throws dev.rowkeep.log.HistoryDroppedException if the log begins later
     * @throws ViewTooLargeException if the view has more than {@value ReadView#MOST_RECORDS} records
     */
    ReadView<K, T> asOf(Position position);

    /**
     * All records as of {@code time}, commits of that moment included; see {@link #asOf(Position)}. A moment to come gives the
     * records as they are now.
     *
     * @throws ViewTooLargeException if the view has more than {@value ReadView#MOST_RECORDS} records
     */
    ReadView<K, T> asOf(Instant time);

    /**
     * The record {@code key} as of {@code position}, that commit included; empty if it was not there.
     *
     * @throws dev.rowkeep.log.UnknownPositionException if the position is of another log or epoch, or after the head
     * @throws dev.rowkeep.log.HistoryDroppedException if the log begins later
     */
    Optional<VersionedRecord<K, T>> asOf(K key, Position position);

    /** The record {@code key} as of {@code time}, commits of that moment included; empty if it was not there. */
    Optional<VersionedRecord<K, T>> asOf(K key, Instant time);

    /**
     * The records that differ at two places of the log, in the order of their keys; either may be the later one. Reads the log between
     * the two, and holds what changed there in memory.
     *
     * @throws dev.rowkeep.log.UnknownPositionException if a position is of another log or epoch, or after the head
     * @throws dev.rowkeep.log.HistoryDroppedException if the log begins after one of them
     * @throws ViewTooLargeException if more than {@value ReadView#MOST_RECORDS} records changed between the two
     */
    List<RecordDiff<K>> diff(Position from, Position to);

    /**
     * Makes all records of this store what they were at {@code position}, in one commit of edits that stand on what is there when the
     * call starts: {@code Refused} if others change one of these records meanwhile. A column without a value in a record that is
     * inserted again gets its default. Cells whose values at the position were erased stay as they are. It is a commit like any other:
     * {@link Session#undo()} takes it back.
     *
     * @return what became of it; {@code Committed} without results if nothing differs; what was erased is named in it
     * @throws dev.rowkeep.log.UnknownPositionException if the position is of another log or epoch, or after the head
     * @throws dev.rowkeep.log.HistoryDroppedException if the log begins later
     * @throws ViewTooLargeException if more than {@value ReadView#MOST_RECORDS} records have changed since
     * @throws IllegalStateException if the session has a request id
     */
    CommitResult restore(Position position);

    /**
     * Gives the record {@code key} the content of an earlier version again, as a new version that expects the one that is there
     * when the call starts. Cells whose earlier values were erased stay as they are.
     *
     * @throws IllegalArgumentException if there is no such version or it is a delete
     */
    WriteResult<K, T> revert(K key, long toVersion);
}
