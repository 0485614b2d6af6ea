package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;

/** Loads products and their audit rows with inserts of many rows each, the fastest way through JDBC. */
final class ValuesLoader {
    private static final int ROWS = 100;
    private static final int ROWS_PER_TRANSACTION = 10_000;

    private static final String PRODUCT_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";
    private static final String AUDIT_ROW = "(?, 1, NULL, ?, ?, ?)";

    private final Connection connection;

    ValuesLoader(Connection connection) {
        this.connection = connection;
    }

    void load(int count) throws SQLException {
        for (int from = 0; from < count; from += ROWS_PER_TRANSACTION) {
            execute("BEGIN IMMEDIATE");
            loadTransaction(from, Math.min(count, from + ROWS_PER_TRANSACTION));
            execute("COMMIT");
        }
    }

    private void loadTransaction(int from, int to) throws SQLException {
        int whole = from + (to - from) / ROWS * ROWS;
        insert(from, whole, ROWS);
        insert(whole, to, 1);
    }

    private void insert(int from, int to, int rows) throws SQLException {
        if (from == to) {
            return;
        }
        try (PreparedStatement products = prepare("INSERT INTO product VALUES ", PRODUCT_ROW, rows);
                PreparedStatement audits =
                        prepare("INSERT INTO audit (sku, version, old, new, author, at) VALUES ", AUDIT_ROW, rows)) {
            for (int i = from; i < to; i += rows) {
                int product = 1;
                int audit = 1;
                for (int row = 0; row < rows; row++) {
                    Product next = Products.product(i + row);
                    product = bindProduct(products, product, next);
                    audit = bindAudit(audits, audit, next);
                }
                products.executeUpdate();
                audits.executeUpdate();
            }
        }
    }

    private static int bindProduct(PreparedStatement statement, int first, Product product) throws SQLException {
        ProductRow.bind(statement, first, product);
        return first + ProductRow.COLUMNS;
    }

    private static int bindAudit(PreparedStatement statement, int first, Product product) throws SQLException {
        statement.setString(first, product.sku());
        statement.setString(first + 1, ProductRow.json(product));
        statement.setString(first + 2, "import");
        statement.setLong(first + 3, System.currentTimeMillis());
        return first + 4;
    }

    private PreparedStatement prepare(String head, String row, int rows) throws SQLException {
        return connection.prepareStatement(head + String.join(", ", Collections.nCopies(rows, row)));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
