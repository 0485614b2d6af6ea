package dev.rowkeep.benchmarks.spring;

import dev.rowkeep.benchmarks.product.Product;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A product as an aggregate.
 *
 * @param version 0 before it is inserted, then counted from 1
 */
@Table("product")
record StoredProduct(
        @Id String sku,
        String name,
        String category,
        BigDecimal price,
        long quantity,
        boolean active,
        LocalDate introduced,
        Instant counted,
        double weight,
        @Version long version) {

    static StoredProduct of(Product product) {
        return new StoredProduct(
                product.sku(),
                product.name(),
                product.category(),
                product.price(),
                product.quantity(),
                product.active(),
                product.introduced(),
                product.counted(),
                product.weight(),
                0);
    }

    StoredProduct withQuantity(long other) {
        return new StoredProduct(sku, name, category, price, other, active, introduced, counted, weight, version);
    }
}
