package dev.rowkeep.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mapping of {@link Row}s, which hold their values in canonical form already. */
final class RowMapping implements RecordMapping<Row> {
    private final List<Column<?>> columns;

    RowMapping(Column<?> key, List<Column<?>> others) {
        List<Column<?>> all = new ArrayList<>();
        all.add(key);
        all.addAll(others);
        this.columns = List.copyOf(all);
    }

    @Override
    public @Nullable Object key(Row row) {
        return value(row, 0);
    }

    /**
     * The cells; null in columns that the row does not have.
     *
     * @throws IllegalArgumentException if the row has a value in a column that the store has not
     */
    @Override
    public @Nullable Object[] cells(Row row) {
        requireKnown(row);
        @Nullable Object[] cells = new Object[columns.size() - 1];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = value(row, i + 1);
        }
        return cells;
    }

    @Override
    public Row value(Object key, @Nullable Object[] cells) {
        @Nullable Object[] values = new Object[columns.size()];
        values[0] = key;
        System.arraycopy(cells, 0, values, 1, cells.length);
        return Row.canonical(columns, values);
    }

    private @Nullable Object value(Row row, int index) {
        Column<?> column = columns.get(index);
        int place = hasOwnColumns(row) ? index : row.columns().indexOf(column);
        Object value = place < 0 ? null : row.valueAt(place);
        // What does not fit the column is left for the judge, which tells what is wrong with it.
        return value == null || isStrangeName(column, value)
                ? value
                : column.type().fromCanonical(value);
    }

    private boolean hasOwnColumns(Row row) {
        return row.columns() == columns || row.columns().equals(columns);
    }

    private void requireKnown(Row row) {
        if (hasOwnColumns(row)) {
            return;
        }
        for (int i = 0; i < row.columns().size(); i++) {
            Column<?> column = row.columns().get(i);
            if (row.valueAt(i) != null && !columns.contains(column)) {
                throw new IllegalArgumentException("The row has a value in column " + column
                        + ", the store has the columns " + Names.listed(columns) + ". Make the row for this store.");
            }
        }
    }

    private static boolean isStrangeName(Column<?> column, Object value) {
        return column.type().kind() == Kind.ENUM
                && !(value instanceof String name && column.type().names().contains(name));
    }
}
