package dev.rowkeep.query;

import dev.rowkeep.schema.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a SELECT's result. Immutable.
 *
 * <p>Its values are of the database's types, or null where there is none. SQLite's are {@link Long}, {@link Double}, {@link String} and
 * {@link Bytes}; DuckDB's also {@link Boolean}, {@link java.math.BigDecimal}, {@link java.time.Instant}, {@link java.time.LocalDate},
 * {@link java.util.UUID} and {@link List}. Whole numbers are {@link Long} wherever they fit.
 */
public final class SqlRow {
    private final List<String> columns;
    private final List<@Nullable Object> values;

    private SqlRow(List<String> columns, List<@Nullable Object> values) {
        this.columns = columns;
        this.values = values;
    }

    /**
     * A row with a value for each column.
     *
     * @throws IllegalArgumentException if there is not one value a column
     */
    public static SqlRow of(List<String> columns, List<@Nullable Object> values) {
        if (columns.size() != values.size()) {
            throw new IllegalArgumentException("A row needs a value a column, got " + columns.size() + " columns and "
                    + values.size() + " values.");
        }
        return new SqlRow(List.copyOf(columns), Collections.unmodifiableList(new ArrayList<>(values)));
    }

    /** The columns' names, in the order of the SELECT; two may have the same name. */
    public List<String> columns() {
        return columns;
    }

    /** The values, in the order of the SELECT. */
    public List<@Nullable Object> values() {
        return values;
    }

    /**
     * The value of the column called {@code column}; null where there is none.
     *
     * @throws IllegalArgumentException if no column, or more than one, has that name
     */
    public @Nullable Object get(String column) {
        int index = columns.indexOf(column);
        if (index < 0 || columns.lastIndexOf(column) != index) {
            throw new IllegalArgumentException(
                    (index < 0 ? "No column" : "More than one column") + " of the result is called " + column
                            + ". Its columns are " + columns + "; name them apart with AS.");
        }
        return values.get(index);
    }

    /**
     * The value of the column called {@code column}, which is there and of {@code type}.
     *
     * @throws IllegalArgumentException if no column, or more than one, has that name
     * @throws IllegalStateException if there is no value, or it is of another type
     */
    public <V> V require(String column, Class<V> type) {
        Object value = get(column);
        if (!type.isInstance(value)) {
            throw new IllegalStateException("Column " + column + " of the result has "
                    + (value == null ? "no value" : "a " + value.getClass().getSimpleName()) + ", not a "
                    + type.getSimpleName() + ". Use get, or CAST in the SELECT.");
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SqlRow row && columns.equals(row.columns) && values.equals(row.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(columns, values);
    }

    /** Names the columns, never the values. */
    @Override
    public String toString() {
        return "SqlRow" + columns;
    }
}
