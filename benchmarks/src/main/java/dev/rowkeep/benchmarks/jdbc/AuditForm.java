package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.product.Product;

/** What an audit row keeps of a product before and after an update. */
public enum AuditForm {
    /** The changed cell, as RowKeep does: the smaller and faster form, which targets are measured against. */
    CHANGED_CELL,
    /** The whole product, as many teams do. */
    WHOLE_ROW;

    /** What it keeps of {@code product}, as JSON. */
    public String json(Product product) {
        return switch (this) {
            case CHANGED_CELL -> ProductRow.quantityJson(product);
            case WHOLE_ROW -> ProductRow.json(product);
        };
    }
}
