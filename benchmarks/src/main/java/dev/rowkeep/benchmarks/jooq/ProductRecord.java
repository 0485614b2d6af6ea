package dev.rowkeep.benchmarks.jooq;

import dev.rowkeep.benchmarks.product.Product;
import org.jooq.impl.UpdatableRecordImpl;

/** A product as a record that jOOQ can update, as its code generator would write it. */
public final class ProductRecord extends UpdatableRecordImpl<ProductRecord> {
    /** For jOOQ. */
    public ProductRecord() {
        super(ProductTable.PRODUCT);
    }

    /** Without a version: jOOQ sets it to 1 as it inserts. */
    static ProductRecord of(Product product) {
        ProductRecord made = new ProductRecord();
        made.set(ProductTable.PRODUCT.sku, product.sku());
        made.set(ProductTable.PRODUCT.name, product.name());
        made.set(ProductTable.PRODUCT.category, product.category());
        made.set(ProductTable.PRODUCT.price, product.price());
        made.set(ProductTable.PRODUCT.quantity, product.quantity());
        made.set(ProductTable.PRODUCT.active, product.active());
        made.set(ProductTable.PRODUCT.introduced, product.introduced());
        made.set(ProductTable.PRODUCT.counted, product.counted());
        made.set(ProductTable.PRODUCT.weight, product.weight());
        return made;
    }
}
