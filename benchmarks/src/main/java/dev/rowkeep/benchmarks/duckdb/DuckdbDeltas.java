package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.duckdb.DuckDBAppender;

/**
 * Makes a table of products as they are, and a table of what each change found: a row a change, with its place in the log, its kind, and
 * of each cell that it changed the value before. An insert found nothing.
 */
final class DuckdbDeltas {
    private static final String AUDIT = "CREATE TABLE audit (sequence BIGINT NOT NULL, sku VARCHAR NOT NULL,"
            + " version BIGINT NOT NULL, kind VARCHAR NOT NULL, author VARCHAR NOT NULL, time TIMESTAMP NOT NULL,"
            + " old_name VARCHAR, old_category VARCHAR, old_price DECIMAL(12, 2), old_quantity BIGINT,"
            + " old_active BOOLEAN, old_introduced DATE, old_counted TIMESTAMP, old_weight DOUBLE)";
    private static final int CELLS_BEFORE_QUANTITY = 3;
    private static final int CELLS_AFTER_QUANTITY = 4;

    private final DuckdbFile file;
    private final Map<String, Long> quantities = new HashMap<>();
    private long sequence;

    DuckdbDeltas(DuckdbFile file) {
        this.file = file;
    }

    /** Writes the products 0 to {@code records - 1} after {@code updates} updates, each of which adds one to a quantity. */
    void write(int records, int updates, Supplier<String> keys) throws SQLException {
        file.execute("CREATE TABLE product (" + ProductColumns.DECLARED.formatted("") + ")");
        file.execute(AUDIT);
        file.execute("BEGIN TRANSACTION");
        try (DuckDBAppender audit = file.appender("audit")) {
            for (int i = 0; i < records; i++) {
                insert(audit, Products.product(i).sku());
            }
            for (int i = 0; i < updates; i++) {
                update(audit, keys.get());
            }
        }
        try (DuckDBAppender products = file.appender("product")) {
            for (int i = 0; i < records; i++) {
                append(products, Products.product(i));
            }
        }
        file.execute("COMMIT");
        file.execute("CHECKPOINT");
    }

    private void insert(DuckDBAppender audit, String sku) throws SQLException {
        begin(audit, sku, 1, "INSERT");
        appendNulls(audit, CELLS_BEFORE_QUANTITY + 1 + CELLS_AFTER_QUANTITY);
        audit.endRow();
        quantities.put(sku, 0L);
    }

    private void update(DuckDBAppender audit, String sku) throws SQLException {
        long before = quantities.merge(sku, 1L, Long::sum) - 1;
        begin(audit, sku, before + 2, "UPDATE");
        appendNulls(audit, CELLS_BEFORE_QUANTITY);
        audit.append(before);
        appendNulls(audit, CELLS_AFTER_QUANTITY);
        audit.endRow();
    }

    private void begin(DuckDBAppender audit, String sku, long version, String kind) throws SQLException {
        sequence++;
        audit.beginRow();
        audit.append(sequence);
        audit.append(sku);
        audit.append(version);
        audit.append(kind);
        audit.append("application");
        audit.appendEpochMicros(ProductColumns.micros(Instant.now()));
    }

    private static void appendNulls(DuckDBAppender to, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            to.appendNull();
        }
    }

    private void append(DuckDBAppender products, Product product) throws SQLException {
        long quantity = quantities.getOrDefault(product.sku(), 0L);
        products.beginRow();
        ProductColumns.append(products, product.withQuantity(quantity));
        products.append(quantity + 1);
        products.endRow();
    }
}
