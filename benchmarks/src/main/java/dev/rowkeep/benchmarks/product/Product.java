package dev.rowkeep.benchmarks.product;

import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Length;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.Required;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The record that every row works on: a text key and eight typed columns, with rules as an application would state them. */
public record Product(
        @Key String sku,
        @Required @Length(min = 1, max = 200) String name,
        @Required @Length(min = 1, max = 50) String category,

        @Required @Decimal(precision = 12, scale = 2) @Min("0")
        BigDecimal price,

        @Min("0") long quantity,
        boolean active,
        @Required LocalDate introduced,
        @Required Instant counted,
        @Min("0") double weight) {

    /** The same product in another quantity: the one cell that an update changes. */
    public Product withQuantity(long other) {
        return new Product(sku, name, category, price, other, active, introduced, counted, weight);
    }
}
