package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.jdbc.AuditForm;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.duckdb.DuckDBAppender;

/** Products and their audit table in a DuckDB file, as a team makes them by hand. */
public final class DuckdbProducts implements AutoCloseable {
    private static final String AUDIT =
            "CREATE TABLE audit (sku VARCHAR NOT NULL, version BIGINT NOT NULL, old VARCHAR,"
                    + " new VARCHAR, author VARCHAR NOT NULL, time TIMESTAMP NOT NULL)";

    private final DuckdbFile file;
    private final KeyIndex index;

    private DuckdbProducts(DuckdbFile file, KeyIndex index) throws SQLException {
        this.file = file;
        this.index = index;
        file.execute("CREATE TABLE product (" + ProductColumns.DECLARED.formatted(index.constraint()) + ")");
        file.execute(AUDIT);
    }

    /**
     * Empty tables in a new file under {@code directory}.
     *
     * @param threads how many threads DuckDB may use for one statement
     */
    public static DuckdbProducts create(Path directory, KeyIndex index, int threads) throws SQLException {
        DuckdbFile file = DuckdbFile.open(directory.resolve("jdbc.duckdb"));
        file.execute("SET threads = " + threads);
        return new DuckdbProducts(file, index);
    }

    /** Loads the products 0 to {@code count - 1} with their audit rows. */
    public DuckdbProducts load(int count) throws SQLException {
        file.execute("BEGIN TRANSACTION");
        long now = ProductColumns.micros(Instant.now());
        try (DuckDBAppender products = file.appender("product");
                DuckDBAppender audits = file.appender("audit")) {
            for (int i = 0; i < count; i++) {
                append(products, audits, Products.product(i), now);
            }
        }
        file.execute("COMMIT");
        file.execute("CHECKPOINT");
        return this;
    }

    private static void append(DuckDBAppender products, DuckDBAppender audits, Product product, long now)
            throws SQLException {
        products.beginRow();
        ProductColumns.append(products, product);
        products.append(1L);
        products.endRow();
        audits.beginRow();
        audits.append(product.sku());
        audits.append(1L);
        audits.appendNull();
        audits.append(AuditForm.WHOLE_ROW.json(product));
        audits.append("import");
        audits.appendEpochMicros(now);
        audits.endRow();
    }

    DuckdbFile file() {
        return file;
    }

    String settings() throws SQLException {
        return file.describe() + ", " + index.description();
    }

    /**
     * Checks that all updates there ever were, each of which adds one to a quantity and makes one version and one audit row, are there
     * once.
     *
     * @throws IllegalStateException if one is missing or was applied twice
     */
    void verifyUpdates(long acknowledged) throws SQLException {
        long quantities = file.number("SELECT CAST(sum(quantity) AS BIGINT) FROM product");
        long versions = file.number("SELECT CAST(sum(version - 1) AS BIGINT) FROM product");
        long audited = file.number("SELECT count(*) FROM audit WHERE version > 1");
        if (quantities != acknowledged || versions != acknowledged || audited != acknowledged) {
            throw new IllegalStateException("The baseline acknowledged " + acknowledged
                    + " updates; its quantities sum up to " + quantities + ", its versions to " + versions
                    + ", and its audit has " + audited + " rows.");
        }
    }

    @Override
    public void close() throws SQLException {
        file.close();
    }
}
