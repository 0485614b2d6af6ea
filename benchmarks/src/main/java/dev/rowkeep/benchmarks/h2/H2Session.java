package dev.rowkeep.benchmarks.h2;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Versioned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/** One thread's transactions on an H2 database. */
public final class H2Session {
    private final Connection connection;
    private final PreparedStatement select;
    private final PreparedStatement update;
    private final PreparedStatement sync;

    H2Session(Connection connection) throws SQLException {
        this.connection = connection;
        select = connection.prepareStatement("SELECT sku, name, category, price, quantity, active, introduced, counted,"
                + " weight, version FROM product WHERE sku = ?");
        update = connection.prepareStatement(
                "UPDATE product SET quantity = ?, version = version + 1 WHERE sku = ? AND version = ?");
        sync = connection.prepareStatement("CHECKPOINT SYNC");
    }

    /** Its connection. */
    public Connection connection() {
        return connection;
    }

    /** What a transaction does. */
    @FunctionalInterface
    public interface Writes {
        /** Writes; false if another came first. */
        boolean write() throws SQLException;
    }

    /** Commits what {@code writes} wrote, durably; false, with nothing written, if that returned false. */
    public boolean transaction(Writes writes) throws SQLException {
        try {
            if (!writes.write()) {
                connection.rollback();
                return false;
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
        // A commit is in the file, but not yet on the disk.
        sync.execute();
        return true;
    }

    /** Reads a product. */
    public Versioned read(String sku) throws SQLException {
        select.setString(1, sku);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("There is no product " + sku);
            }
            return new Versioned(product(row), row.getLong(10));
        }
    }

    /** Writes a product's quantity and its next version; false if its version is no longer {@code version}. */
    public boolean updateQuantity(Product after, long version) throws SQLException {
        update.setLong(1, after.quantity());
        update.setString(2, after.sku());
        update.setLong(3, version);
        return update.executeUpdate() == 1;
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
