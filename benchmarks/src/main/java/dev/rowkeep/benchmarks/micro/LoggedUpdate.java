package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update of a product's quantity, as core hands it to the log.
 *
 * @param layout of the store
 * @param before the cells before
 * @param after the cells after
 * @param changed the places of those that changed
 */
record LoggedUpdate(
        StoreLayout layout,
        @Nullable Object[] before,
        @Nullable Object[] after,
        BitSet changed) {
    private static final int STORE = 1;
    private static final long SEQUENCE = 1_000_000;
    private static final long EARLIER = 900_000;
    private static final long TIME_MICROS = 1_700_000_000_000_000L;

    static LoggedUpdate ofOneProduct() {
        Product product = Products.product(1);
        BitSet changed = new BitSet();
        changed.set(ProductSchema.PLAIN.ordinal(ProductSchema.QUANTITY));
        return new LoggedUpdate(
                productLayout(),
                ProductSchema.PLAIN.mapping().cells(product.withQuantity(SEQUENCE)),
                ProductSchema.PLAIN.mapping().cells(product.withQuantity(SEQUENCE + 1)),
                changed);
    }

    /** The changed cell before and after. */
    byte[] delta() {
        return DeltaCodec.encode(layout, before, after, changed);
    }

    /** All cells after. */
    byte[] image() {
        return DeltaCodec.encodeImage(layout, after);
    }

    /** The header of a commit of it. */
    static LoggedHeader header() {
        return new LoggedHeader(SEQUENCE, TIME_MICROS, Author.user("ana"), null, null);
    }

    /** So many changes like it in one commit, of a product each; every 16th has an image, as in a log it has. */
    List<LoggedChange> changes(int count) {
        List<LoggedChange> changes = new ArrayList<>();
        String[] keys = Products.keys(count);
        for (int i = 0; i < count; i++) {
            int version = i + 1;
            changes.add(new LoggedChange(
                    STORE,
                    keys[i],
                    version,
                    ChangeKind.UPDATE,
                    ChangeId.of(SEQUENCE, i),
                    ChangeId.of(EARLIER, i),
                    delta(),
                    version % LoggedChange.CHECKPOINT_INTERVAL == 0 ? image() : null));
        }
        return changes;
    }

    private static StoreLayout productLayout() {
        List<LayoutColumn> columns = new ArrayList<>();
        for (Column<?> column : ProductSchema.PLAIN.columns()) {
            columns.add(new LayoutColumn(columns.size() + 1, column.name(), column.type()));
        }
        LayoutColumn key = new LayoutColumn(0, ProductSchema.PLAIN.key().name(), ColumnType.TEXT);
        return new StoreLayout(STORE, ProductSchema.PLAIN.name(), key, columns, List.of());
    }
}
