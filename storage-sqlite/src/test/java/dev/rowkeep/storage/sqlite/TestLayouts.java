package dev.rowkeep.storage.sqlite;

import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.ArrayList;
import java.util.List;

/** Layouts for tests. */
final class TestLayouts {
    static final Column<String> SKU = Column.text("sku");
    static final Column<String> NAME = Column.text("name");
    static final Column<Long> STOCK = Column.integer("stock");

    /** A key of text and two columns: a unique name, a stock with an index. */
    static final StoreLayout PRODUCTS = layout(1, "products", SKU, NAME, STOCK)
            .withIndexes(
                    new LayoutIndex(List.of("name"), Uniqueness.UNIQUE),
                    new LayoutIndex(List.of("stock"), Uniqueness.SHARED))
            .done();

    private TestLayouts() {}

    record Draft(StoreLayout layout) {
        Draft withIndexes(LayoutIndex... indexes) {
            return new Draft(
                    new StoreLayout(layout.id(), layout.name(), layout.key(), layout.columns(), List.of(indexes)));
        }

        StoreLayout done() {
            return layout;
        }
    }

    static Draft layout(int id, String name, Column<?> key, Column<?>... columns) {
        List<LayoutColumn> all = new ArrayList<>();
        for (Column<?> column : columns) {
            all.add(new LayoutColumn(all.size() + 1, column.name(), column.type()));
        }
        return new Draft(new StoreLayout(id, name, new LayoutColumn(0, key.name(), key.type()), all, List.of()));
    }
}
