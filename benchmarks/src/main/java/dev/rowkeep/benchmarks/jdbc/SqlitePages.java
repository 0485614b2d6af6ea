package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Products;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads one page by hand-written keyset SQL. Closes nothing: several of them may read one connection. */
public final class SqlitePages implements Contender {
    private final Connection connection;
    private final int depth;
    private final int size;

    /** Pages of {@code size} products after the first {@code depth}. */
    public SqlitePages(SqliteProducts products, int depth, int size) {
        this.connection = products.connection();
        this.depth = depth;
        this.size = size;
    }

    @Override
    public String name() {
        return "jdbc-sqlite";
    }

    @Override
    public String settings() {
        return "keyset SQL, index on (category, price, sku), all columns into the same Java record";
    }

    @Override
    public Work worker(int thread) throws SQLException {
        PreparedStatement page = connection.prepareStatement("SELECT " + ProductRow.SELECTED
                + " FROM product WHERE category = ? AND (price, sku) > (?, ?) ORDER BY price, sku LIMIT ?");
        bindStart(page);
        page.setInt(4, size);
        return () -> {
            List<ProductRow> rows = new ArrayList<>(size);
            try (ResultSet row = page.executeQuery()) {
                while (row.next()) {
                    rows.add(ProductRow.read(row));
                }
            }
            if (rows.size() != size) {
                throw new IllegalStateException(
                        "A page at depth " + depth + " has " + rows.size() + " items, not " + size);
            }
            return 1;
        };
    }

    private void bindStart(PreparedStatement page) throws SQLException {
        page.setString(1, Products.category(0));
        page.setLong(2, -1);
        page.setString(3, "");
        if (depth == 0) {
            return;
        }
        try (PreparedStatement last = connection.prepareStatement(
                "SELECT price, sku FROM product WHERE category = ? ORDER BY price, sku LIMIT 1 OFFSET ?")) {
            last.setString(1, Products.category(0));
            last.setInt(2, depth - 1);
            try (ResultSet row = last.executeQuery()) {
                page.setLong(2, row.getLong(1));
                page.setString(3, row.getString(2));
            }
        }
    }

    @Override
    public void close() {}
}
