package dev.rowkeep.store;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import java.util.function.UnaryOperator;

/**
 * The records of one store within a transaction. Used by the closure's thread until the closure returns.
 *
 * <p>Every read, single records, pages and counts alike, is as of {@link Transaction#position}, with what the transaction itself has
 * written. A record that it has written shows the version that it will have, the transaction's author, and the transaction's position.
 *
 * <p>Every method may throw {@link dev.rowkeep.error.TransactionLimitException} where a limit is reached, {@link
 * dev.rowkeep.error.ReentrantCallException} from inside an update's closure, a validator or a merge, and {@link IllegalStateException}
 * after the closure has returned or on another thread.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public interface TransactionStore<K, T> extends RecordReader<K, T> {
    /**
     * Inserts {@code value} under its own key.
     *
     * @throws dev.rowkeep.edit.VersionConflictException if the record is there
     * @throws dev.rowkeep.edit.RejectedException if a value breaks a rule
     */
    VersionedRecord<K, T> insert(T value);

    /**
     * Changes the record {@code key} by a closure from the record as the transaction sees it to the one wanted.
     *
     * @return the record as the transaction now sees it
     * @throws dev.rowkeep.edit.RecordNotFoundException if there is no such record
     * @throws dev.rowkeep.edit.RejectedException if a value breaks a rule
     * @throws IllegalArgumentException if the closure changes the key
     */
    VersionedRecord<K, T> update(K key, UnaryOperator<T> change);

    /**
     * Deletes the record {@code key}.
     *
     * @return what was deleted, under the delete's version
     * @throws dev.rowkeep.edit.RecordNotFoundException if there is no such record
     */
    VersionedRecord<K, T> delete(K key);

    /**
     * Applies {@code edit} to the record as the transaction sees it. A conflict or a rejection is an answer like any other: the
     * transaction goes on without the edit. Whether a unique value is free is only found when the transaction lands.
     *
     * @throws IllegalArgumentException if the edit is of another store, has a guard, or stands on nothing although it must
     */
    WriteResult<K, T> apply(Edit<K, T> edit);
}
