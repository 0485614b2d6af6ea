package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.product.Product;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.duckdb.DuckDBAppender;

/** A product as typed columns. */
final class ProductColumns {
    /** The columns of a table of products, its key first. */
    static final String DECLARED = "sku VARCHAR NOT NULL%s, name VARCHAR NOT NULL, category VARCHAR NOT NULL,"
            + " price DECIMAL(12, 2) NOT NULL, quantity BIGINT NOT NULL, active BOOLEAN NOT NULL,"
            + " introduced DATE NOT NULL, counted TIMESTAMP NOT NULL, weight DOUBLE NOT NULL, version BIGINT NOT NULL";

    private ProductColumns() {}

    static void append(DuckDBAppender to, Product product) throws SQLException {
        to.append(product.sku());
        to.append(product.name());
        to.append(product.category());
        to.append(product.price());
        to.append(product.quantity());
        to.append(product.active());
        to.append(product.introduced());
        to.appendEpochMicros(micros(product.counted()));
        to.append(product.weight());
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
