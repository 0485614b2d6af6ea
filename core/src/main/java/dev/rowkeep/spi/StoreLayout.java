package dev.rowkeep.spi;

import dev.rowkeep.schema.ColumnType;
import java.util.List;

/**
 * A store as the storage knows it. Core decides ids and what may change; a storage keeps the layout and gives it back the same.
 *
 * @param id the store's number, from 1, never used for another store
 * @param name the store's name, safe as an SQL identifier
 * @param key the key's column
 * @param columns the columns in cell order, without the key
 * @param indexes the indexes, those of unique columns included
 */
public record StoreLayout(
        int id, String name, LayoutColumn key, List<LayoutColumn> columns, List<LayoutIndex> indexes) {
    /** Copies the lists. */
    public StoreLayout {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /**
     * A column.
     *
     * @param id the column's number within the store, from 1 (0 for the key), never used for another column
     * @param name the column's name, safe as an SQL identifier
     * @param type its type
     * @param sensitivity whether its values can be erased
     */
    public record LayoutColumn(int id, String name, ColumnType<?> type, Sensitivity sensitivity) {
        /** An ordinary column. */
        public LayoutColumn(int id, String name, ColumnType<?> type) {
            this(id, name, type, Sensitivity.ORDINARY);
        }

        /** Whether its values can be erased. */
        public boolean isPersonal() {
            return sensitivity == Sensitivity.PERSONAL;
        }
    }

    /** Whether a column's values can be erased. */
    public enum Sensitivity {
        /** They stay in the history as long as their changes do. */
        ORDINARY,
        /** They belong to a person, and {@link Storage#erase} takes them out of the history. */
        PERSONAL
    }

    /**
     * An index.
     *
     * @param columns the names of its columns in order
     * @param uniqueness whether two records may share a value
     */
    public record LayoutIndex(List<String> columns, Uniqueness uniqueness) {
        /** Copies the names. */
        public LayoutIndex {
            columns = List.copyOf(columns);
        }
    }

    /** Whether two records may share an index's value. */
    public enum Uniqueness {
        /** They may not; missing values do not count. */
        UNIQUE,
        /** They may. */
        SHARED
    }

    /** The place of the column called {@code columnName} in {@link #columns()}; -1 for the key. */
    public int ordinal(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        if (key.name().equals(columnName)) {
            return -1;
        }
        throw new IllegalArgumentException("Store " + name + " has no column " + columnName);
    }
}
