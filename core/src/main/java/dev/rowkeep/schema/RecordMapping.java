package dev.rowkeep.schema;

import org.jspecify.annotations.Nullable;

/**
 * The way between an application's record and a storage's cells.
 *
 * <p>Cells stand in the order of {@link Schema#columns()}, without the key, in canonical form.
 *
 * @param <T> the record's type
 */
public interface RecordMapping<T> {
    /** The key of {@code value} in the application's form, not yet judged; null where it is missing. */
    @Nullable
    Object key(T value);

    /** The cells of {@code value} in the application's form, not yet judged. */
    @Nullable
    Object[] cells(T value);

    /**
     * The record made of a canonical key and canonical cells.
     *
     * @throws dev.rowkeep.error.RowKeepException if the record's own constructor throws, with that as its cause, or if there are
     *     cells that it cannot hold
     */
    T value(Object key, @Nullable Object[] cells);

    /** Whether {@link #value} runs code of the application, such as a record's own constructor, which may refuse cells. */
    default boolean mayRefuse() {
        return false;
    }
}
