package dev.rowkeep.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record without a Java class of its own: values by column. Immutable.
 *
 * <p>Values are held in canonical form as far as they fit it; a row is judged when it is written, not when it is made.
 */
public final class Row {
    private final List<Column<?>> columns;
    private final @Nullable Object[] values;

    private Row(List<Column<?>> columns, @Nullable Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** A row of {@code schema} with its key and no other value. */
    public static <K> Row of(Schema<K, Row> schema, K key) {
        @Nullable Object[] values = new Object[schema.allColumns().size()];
        values[0] = schema.key().type().toCanonical(key);
        return new Row(schema.allColumns(), values);
    }

    /** A row over {@code columns} with {@code values} in canonical form, one each; the array is not copied. */
    static Row canonical(List<Column<?>> columns, @Nullable Object[] values) {
        return new Row(columns, values);
    }

    /**
     * A row over some columns, such as a query's projection.
     *
     * @param columns the columns
     * @param canonical their values in canonical form, one each
     * @throws IllegalArgumentException if there is not one value a column
     */
    public static Row of(List<Column<?>> columns, List<@Nullable Object> canonical) {
        if (columns.size() != canonical.size()) {
            throw new IllegalArgumentException("A row needs a value a column, got " + columns.size() + " columns and "
                    + canonical.size() + " values");
        }
        return new Row(List.copyOf(columns), canonical.toArray());
    }

    /**
     * The value of {@code column}; null where there is none.
     *
     * @throws IllegalArgumentException if the row has no such column
     */
    public <C> @Nullable C get(Column<C> column) {
        Object value = values[index(column)];
        return value == null ? null : column.type().fromCanonical(value);
    }

    /**
     * The value of {@code column}, which is there.
     *
     * @throws IllegalArgumentException if the row has no such column
     * @throws IllegalStateException if there is no value
     */
    public <C> C require(Column<C> column) {
        C value = get(column);
        if (value == null) {
            throw new IllegalStateException("The row has no value in column " + column.name()
                    + ". Use get where a value may be missing, or make the column required.");
        }
        return value;
    }

    /**
     * A copy with another value in {@code column}.
     *
     * @throws IllegalArgumentException if the row has no such column
     */
    public <C> Row with(Column<C> column, @Nullable C value) {
        @Nullable Object[] changed = values.clone();
        changed[index(column)] = value == null ? null : column.type().toCanonical(value);
        return new Row(columns, changed);
    }

    /** The columns of this row. */
    public List<Column<?>> columns() {
        return columns;
    }

    /** The values that are there, in canonical form, by column name, in column order. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                map.put(columns.get(i).name(), value);
            }
        }
        return java.util.Collections.unmodifiableMap(map);
    }

    @Nullable
    Object valueAt(int index) {
        return values[index];
    }

    private int index(Column<?> column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The row has no column " + column + ". Its columns are " + columns + ".");
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row r && columns.equals(r.columns) && java.util.Arrays.equals(values, r.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(columns, java.util.Arrays.hashCode(values));
    }

    /** Names the columns, never the values. */
    @Override
    public String toString() {
        return "Row" + columns.stream().map(Column::name).toList();
    }
}
