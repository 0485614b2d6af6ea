package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Product;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads all products and takes back, newest first, what the audit says happened after a place in it. */
public final class SqliteReplay implements Contender {
    private final SqliteProducts products;
    private final long newestAudit;
    private final long expectedQuantities;

    /**
     * Replays over {@code products}.
     *
     * @param newestAudit the newest audit row that is not taken back
     * @param expectedQuantities what the quantities summed up to
     */
    public SqliteReplay(SqliteProducts products, long newestAudit, long expectedQuantities) {
        this.products = products;
        this.newestAudit = newestAudit;
        this.expectedQuantities = expectedQuantities;
    }

    @Override
    public String name() {
        return "jdbc-sqlite-replay";
    }

    @Override
    public String settings() {
        return "products into a map, the audit's JSON of changed cells from the newest backward, statements prepared once";
    }

    @Override
    public Work worker(int thread) throws SQLException {
        PreparedStatement all =
                products.connection().prepareStatement("SELECT " + ProductRow.SELECTED + " FROM product");
        PreparedStatement since =
                products.connection().prepareStatement("SELECT sku, old FROM audit WHERE id > ? ORDER BY id DESC");
        since.setLong(1, newestAudit);
        return () -> {
            Map<String, Product> past = past(all, since);
            long quantities =
                    past.values().stream().mapToLong(Product::quantity).sum();
            if (quantities != expectedQuantities) {
                throw new IllegalStateException("The quantities as of audit row " + newestAudit + " sum up to "
                        + quantities + ", not to " + expectedQuantities);
            }
            return 1;
        };
    }

    private static Map<String, Product> past(PreparedStatement all, PreparedStatement since)
            throws SQLException, IOException {
        Map<String, Product> past = new HashMap<>();
        try (ResultSet row = all.executeQuery()) {
            while (row.next()) {
                Product product = ProductRow.read(row).product();
                past.put(product.sku(), product);
            }
        }
        try (ResultSet row = since.executeQuery()) {
            while (row.next()) {
                takeBack(past, row.getString(1), row.getString(2));
            }
        }
        return past;
    }

    private static void takeBack(Map<String, Product> past, String sku, @Nullable String old) throws IOException {
        Product after = past.get(sku);
        if (after == null) {
            throw new IllegalStateException("The audit has a change of " + sku + ", which is not there");
        }
        if (old == null) {
            past.remove(sku);
        } else {
            past.put(sku, CellsOfJson.over(after, old));
        }
    }

    @Override
    public void close() throws SQLException {
        products.close();
    }
}
