package dev.rowkeep.query;

import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A query over the records of a store. Immutable; nothing is read before a method that gives results is called.
 *
 * <p>Every result reflects all writes that were acknowledged before the call. Calls block while the storage reads.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public interface RecordQuery<K, T> {
    /** With a further condition. */
    RecordQuery<K, T> where(Condition condition);

    /** With an order; the key comes last by itself, in the direction of what is before it. Replaces an earlier one. */
    RecordQuery<K, T> orderBy(Order... orders);

    /**
     * At most so many results.
     *
     * @throws IllegalArgumentException if {@code most} is below 1
     */
    RecordQuery<K, T> limit(int most);

    /** Everything, in one list; use pages or a stream for much. */
    List<VersionedRecord<K, T>> list();

    /** The first result. */
    Optional<VersionedRecord<K, T>> first();

    /** How many records the condition holds for, whatever the limit. */
    long count();

    /** The first page. */
    Page<VersionedRecord<K, T>> page(int size);

    /**
     * The page after {@code cursor}, found by key and not by counting, so that its cost does not grow with the depth.
     *
     * @throws IllegalArgumentException if the cursor is not one of this query
     */
    Page<VersionedRecord<K, T>> page(int size, Cursor cursor);

    /** The results as of one moment, read as they are consumed. Must be closed; it holds a connection until then. */
    Stream<VersionedRecord<K, T>> stream();

    /**
     * The records for which the condition holds in groups of those that agree in every one of {@code by}, whatever the order and the
     * limit. Without any, all records are one group.
     *
     * @throws IllegalArgumentException if a column is not the store's
     */
    GroupQuery groupBy(Grouping<?>... by);

    /** Only some columns of each result, in one list; only these are read. */
    List<Row> select(Column<?>... columns);
}
