package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;

/** Reads one page, at some depth of a category ordered by price. Closes nothing: several of them may read one store. */
public final class KeepPages implements Contender {
    private static final int STEP = 1000;

    private final KeepProducts products;
    private final RecordQuery<String, Product> query;
    private final int depth;
    private final int size;

    /** Pages of {@code size} products after the first {@code depth}. */
    public KeepPages(KeepProducts products, int depth, int size) {
        this.products = products;
        this.query = products.store()
                .where(Condition.eq(ProductSchema.CATEGORY, Products.category(0)))
                .orderBy(Order.ascending(ProductSchema.PRICE));
        this.depth = depth;
        this.size = size;
    }

    @Override
    public String name() {
        return "rowkeep";
    }

    @Override
    public String settings() {
        return products.settings() + ", index on (category, price), pages by cursor";
    }

    @Override
    public Work worker(int thread) {
        if (depth == 0) {
            return () -> full(query.page(size));
        }
        Cursor cursor = cursorAtDepth();
        return () -> full(query.page(size, cursor));
    }

    private Cursor cursorAtDepth() {
        Page<VersionedRecord<String, Product>> page = query.page(Math.min(STEP, depth));
        int passed = page.items().size();
        while (passed < depth) {
            page = query.page(Math.min(STEP, depth - passed), page.next().orElseThrow());
            passed += page.items().size();
        }
        return page.next().orElseThrow();
    }

    private int full(Page<VersionedRecord<String, Product>> page) {
        if (page.items().size() != size) {
            throw new IllegalStateException(
                    "A page at depth " + depth + " has " + page.items().size() + " items, not " + size);
        }
        return 1;
    }

    @Override
    public void close() {}
}
