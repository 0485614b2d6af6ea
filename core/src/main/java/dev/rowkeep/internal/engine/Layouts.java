package dev.rowkeep.internal.engine;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fits schemas to the layouts that a storage holds: what may be added, and what would break the records that are there. */
final class Layouts {
    private Layouts() {}

    /**
     * The layout for {@code schema}.
     *
     * @param present the store's present layout
     * @param newStoreId the number for a new store
     * @throws IllegalArgumentException if the schema takes away or changes what is there
     */
    static StoreLayout fit(Schema<?, ?> schema, Optional<StoreLayout> present, int newStoreId) {
        if (present.isEmpty()) {
            return layout(schema, newStoreId, List.of());
        }
        StoreLayout old = present.get();
        requireSame(schema, old.key(), schema.key());
        Set<String> wanted = new HashSet<>();
        schema.columns().forEach(column -> wanted.add(column.name()));
        for (StoreLayout.LayoutColumn column : old.columns()) {
            if (!wanted.contains(column.name())) {
                throw new IllegalArgumentException("Store " + schema.name() + " has a column " + column.name()
                        + " that the schema lacks. Columns cannot be taken away: keep it in the schema.");
            }
            requireSame(schema, column, schema.column(column.name()));
            requireSameSensitivity(schema, column, schema.column(column.name()));
        }
        requireAddedAreOptional(schema, old);
        StoreLayout fitted = layout(schema, old.id(), old.columns());
        return sameContent(fitted, old) ? old : fitted;
    }

    private static StoreLayout layout(Schema<?, ?> schema, int storeId, List<StoreLayout.LayoutColumn> old) {
        int nextId = 1;
        for (StoreLayout.LayoutColumn column : old) {
            nextId = Math.max(nextId, column.id() + 1);
        }
        List<StoreLayout.LayoutColumn> columns = new ArrayList<>();
        for (Column<?> column : schema.columns()) {
            Optional<StoreLayout.LayoutColumn> kept = find(old, column.name());
            int id = kept.isPresent() ? kept.get().id() : nextId++;
            columns.add(new StoreLayout.LayoutColumn(id, column.name(), column.type(), sensitivity(column)));
        }
        List<StoreLayout.LayoutIndex> indexes = new ArrayList<>();
        for (Column<?> column : schema.columns()) {
            if (column.isUnique()) {
                indexes.add(new StoreLayout.LayoutIndex(List.of(column.name()), StoreLayout.Uniqueness.UNIQUE));
            }
        }
        for (Schema.Index index : schema.indexes()) {
            indexes.add(new StoreLayout.LayoutIndex(index.columns(), StoreLayout.Uniqueness.SHARED));
        }
        return new StoreLayout(
                storeId,
                schema.name(),
                new StoreLayout.LayoutColumn(
                        0, schema.key().name(), schema.key().type()),
                columns,
                indexes);
    }

    private static StoreLayout.Sensitivity sensitivity(Column<?> column) {
        return column.isPersonal() ? StoreLayout.Sensitivity.PERSONAL : StoreLayout.Sensitivity.ORDINARY;
    }

    private static boolean sameContent(StoreLayout a, StoreLayout b) {
        return a.columns().equals(b.columns()) && a.indexes().equals(b.indexes());
    }

    private static Optional<StoreLayout.LayoutColumn> find(Collection<StoreLayout.LayoutColumn> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private static void requireSame(Schema<?, ?> schema, StoreLayout.LayoutColumn old, Column<?> column) {
        boolean namesAdded = column.type().names().containsAll(old.type().names());
        boolean same = old.name().equals(column.name())
                && old.type().kind() == column.type().kind()
                && old.type().precision() == column.type().precision()
                && old.type().scale() == column.type().scale()
                && namesAdded;
        if (!same) {
            throw new IllegalArgumentException(
                    "Column " + old.name() + " of store " + schema.name() + " is " + old.type()
                            + " in the storage and " + column
                            + " in the schema. Types do not change, enums only grow: add a new column and copy the values.");
        }
    }

    /** What was written of a column that was not personal cannot be erased, and what is written while it is must stay so. */
    private static void requireSameSensitivity(Schema<?, ?> schema, StoreLayout.LayoutColumn old, Column<?> column) {
        if (old.sensitivity() != sensitivity(column)) {
            throw new IllegalArgumentException("Column " + old.name() + " of store " + schema.name() + " is "
                    + (old.isPersonal() ? "" : "not ") + "personal in the storage and is "
                    + (column.isPersonal() ? "" : "not ")
                    + "so in the schema. That does not change: add a new column and copy the values.");
        }
    }

    private static void requireAddedAreOptional(Schema<?, ?> schema, StoreLayout old) {
        for (Column<?> column : schema.columns()) {
            if (column.isRequired() && find(old.columns(), column.name()).isEmpty()) {
                throw new IllegalArgumentException("Column " + column.name() + " is new in store " + schema.name()
                        + " and required, but the records that are there have no value. Add it as optional, fill it, then"
                        + " require it.");
            }
        }
    }
}
