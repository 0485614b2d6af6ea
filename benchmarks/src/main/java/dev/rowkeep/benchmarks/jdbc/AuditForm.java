package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.product.Product;
import java.util.function.Function;

/** What an audit row keeps of a product before and after an update. */
public enum AuditForm {
    /** The changed cell, as RowKeep does: the smaller and faster form, which targets are measured against. */
    CHANGED_CELL(ProductRow::quantityJson),
    /** The whole product, as many teams do. */
    WHOLE_ROW(ProductRow::json);

    private final Function<Product, String> json;

    AuditForm(Function<Product, String> json) {
        this.json = json;
    }

    String json(Product product) {
        return json.apply(product);
    }
}
