package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import java.math.BigDecimal;

/** The store of products. */
public final class ProductSchema {
    /** Without an index beside the key. */
    public static final Schema<String, Product> PLAIN = Schema.of(String.class, Product.class);

    /** The column that updates change. */
    public static final Column<Long> QUANTITY = PLAIN.column("quantity", Long.class);

    /** The column that pages filter on. */
    public static final Column<String> CATEGORY = PLAIN.column("category", String.class);

    /** The column that pages are ordered by. */
    public static final Column<BigDecimal> PRICE = PLAIN.column("price", BigDecimal.class);

    /** With an index for pages. */
    public static final Schema<String, Product> INDEXED = PLAIN.index(CATEGORY, PRICE);

    private ProductSchema() {}
}
