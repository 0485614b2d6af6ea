package dev.rowkeep.benchmarks.h2;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.tool.Tool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/** Updates through one connection, each a transaction with its audit row. */
final class H2Updates implements Tool.Updater {
    private final Connection connection;
    private final PreparedStatement select;
    private final PreparedStatement update;
    private final PreparedStatement insertAudit;
    private final PreparedStatement sync;

    H2Updates(Connection connection) throws SQLException {
        this.connection = connection;
        select = connection.prepareStatement("SELECT sku, name, category, price, quantity, active, introduced, counted,"
                + " weight, version FROM product WHERE sku = ?");
        update = connection.prepareStatement(
                "UPDATE product SET quantity = ?, version = version + 1 WHERE sku = ? AND version = ?");
        insertAudit = connection.prepareStatement(
                "INSERT INTO audit (sku, version, old, new, author, at) VALUES (?, ?, ?, ?, ?, ?)");
        sync = connection.prepareStatement("CHECKPOINT SYNC");
    }

    @Override
    public boolean addOne(String sku) throws SQLException {
        try {
            boolean won = write(sku);
            if (!won) {
                connection.rollback();
                return false;
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
        // A commit is in the file, but not yet on the disk.
        sync.execute();
        return true;
    }

    private boolean write(String sku) throws SQLException {
        Product before;
        long version;
        select.setString(1, sku);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("There is no product " + sku);
            }
            before = product(row);
            version = row.getLong(10);
        }
        Product after = before.withQuantity(before.quantity() + 1);
        update.setLong(1, after.quantity());
        update.setString(2, sku);
        update.setLong(3, version);
        if (update.executeUpdate() != 1) {
            return false;
        }
        insertAudit.setString(1, sku);
        insertAudit.setLong(2, version + 1);
        insertAudit.setString(3, "{\"quantity\":" + before.quantity() + "}");
        insertAudit.setString(4, "{\"quantity\":" + after.quantity() + "}");
        insertAudit.setString(5, "application");
        insertAudit.setLong(6, System.currentTimeMillis());
        insertAudit.executeUpdate();
        return true;
    }

    private static Product product(ResultSet row) throws SQLException {
        return new Product(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBigDecimal(4),
                row.getLong(5),
                row.getBoolean(6),
                row.getObject(7, LocalDate.class),
                row.getObject(8, Instant.class),
                row.getDouble(9));
    }
}
