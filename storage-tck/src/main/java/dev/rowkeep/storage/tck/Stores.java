package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StoreLayout.Uniqueness.SHARED;
import static dev.rowkeep.spi.StoreLayout.Uniqueness.UNIQUE;

import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Sensitivity;
import java.util.ArrayList;
import java.util.List;

/** The stores that the tests work on. */
final class Stores {
    static final Column<String> ID = Column.text("id");
    static final Column<String> NAME = Column.text("name");
    static final Column<String> CODE = Column.text("code");
    static final Column<Long> AMOUNT = Column.integer("amount");

    /** Text keys, a unique column and an indexed one: cells are name, code, amount. */
    static final StoreLayout ITEMS =
            layout(1, "items", ID, List.of(NAME, CODE, AMOUNT), unique("code"), shared("amount"));

    static final Column<Long> NUMBER = Column.integer("number");
    static final Column<Long> VALUE = Column.integer("value");

    /** Integer keys and one cell without an index. */
    static final StoreLayout COUNTERS = layout(2, "counters", NUMBER, List.of(VALUE));

    /** As items, but that names and codes are personal. */
    static final StoreLayout PEOPLE = personal(layout(3, "people", ID, List.of(NAME, CODE, AMOUNT), unique("code")), 2);

    private Stores() {}

    /** {@code layout} with its first {@code count} columns personal. */
    private static StoreLayout personal(StoreLayout layout, int count) {
        List<LayoutColumn> columns = new ArrayList<>(layout.columns());
        for (int i = 0; i < count; i++) {
            LayoutColumn column = columns.get(i);
            columns.set(i, new LayoutColumn(column.id(), column.name(), column.type(), Sensitivity.PERSONAL));
        }
        return new StoreLayout(layout.id(), layout.name(), layout.key(), columns, layout.indexes());
    }

    static StoreLayout layout(int id, String name, Column<?> key, List<Column<?>> columns, LayoutIndex... indexes) {
        List<LayoutColumn> cells = new ArrayList<>();
        for (Column<?> column : columns) {
            cells.add(new LayoutColumn(cells.size() + 1, column.name(), column.type()));
        }
        return new StoreLayout(id, name, new LayoutColumn(0, key.name(), key.type()), cells, List.of(indexes));
    }

    /** {@code layout} with a further column, at the end. */
    static StoreLayout withColumn(StoreLayout layout, Column<?> column) {
        return withColumnAt(layout, layout.columns().size(), column);
    }

    /** {@code layout} with a further column at a place among the others. */
    static StoreLayout withColumnAt(StoreLayout layout, int place, Column<?> column) {
        List<LayoutColumn> columns = new ArrayList<>(layout.columns());
        columns.add(place, new LayoutColumn(columns.size() + 1, column.name(), column.type()));
        return new StoreLayout(layout.id(), layout.name(), layout.key(), columns, layout.indexes());
    }

    /** {@code layout} with a further index. */
    static StoreLayout withIndex(StoreLayout layout, LayoutIndex index) {
        List<LayoutIndex> indexes = new ArrayList<>(layout.indexes());
        indexes.add(index);
        return new StoreLayout(layout.id(), layout.name(), layout.key(), layout.columns(), indexes);
    }

    static LayoutIndex unique(String column) {
        return new LayoutIndex(List.of(column), UNIQUE);
    }

    static LayoutIndex shared(String... columns) {
        return new LayoutIndex(List.of(columns), SHARED);
    }
}
