package dev.rowkeep.store;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Schema;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The records of one store, to read: as they are ({@link RecordStore}), as they were ({@link ReadView}), or as of the commit that a
 * transaction reads ({@link TransactionStore}).
 *
 * <p>Reads block only while the storage reads. A key that cannot be one (too long, malformed) is an {@link IllegalArgumentException}.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public interface RecordReader<K, T> {
    /** The store's schema. */
    Schema<K, T> schema();

    /** The record {@code key}, if it is there. */
    Optional<VersionedRecord<K, T>> get(K key);

    /** Those of the records {@code keys} that are there, in the order of the keys. */
    Map<K, VersionedRecord<K, T>> getAll(Collection<K> keys);

    /** Whether the record {@code key} is there. */
    boolean exists(K key);

    /** A query over all records. */
    RecordQuery<K, T> query();

    /** A query over the records for which {@code condition} holds. */
    default RecordQuery<K, T> where(Condition condition) {
        return query().where(condition);
    }
}
