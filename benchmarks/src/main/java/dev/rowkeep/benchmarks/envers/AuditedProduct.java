package dev.rowkeep.benchmarks.envers;

import dev.rowkeep.benchmarks.product.Product;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.envers.Audited;

/** A product as an entity. Not final: Hibernate may subclass it. */
@Entity
@Audited
@Table(name = "product")
class AuditedProduct {
    @Id
    String sku;

    @Column(nullable = false, length = 200)
    String name;

    @Column(nullable = false, length = 50)
    String category;

    @Column(nullable = false, precision = 12, scale = 2)
    BigDecimal price;

    long quantity;
    boolean active;

    @Column(nullable = false)
    LocalDate introduced;

    @Column(nullable = false)
    Instant counted;

    double weight;

    @Version
    long version;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    AuditedProduct() {}

    AuditedProduct(Product product) {
        sku = product.sku();
        name = product.name();
        category = product.category();
        price = product.price();
        quantity = product.quantity();
        active = product.active();
        introduced = product.introduced();
        counted = product.counted();
        weight = product.weight();
    }
}
