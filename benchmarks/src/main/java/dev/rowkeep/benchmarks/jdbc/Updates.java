package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.product.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Updates through one connection, each a transaction with its audit row. Every statement is prepared once, BEGIN and COMMIT
 * included. Not safe for use by several threads at once.
 */
final class Updates {
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement select;
    private final PreparedStatement update;
    private final PreparedStatement insertAudit;
    private final AuditForm form;

    Updates(Connection connection, AuditForm form) throws SQLException {
        this.form = form;
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        rollback = connection.prepareStatement("ROLLBACK");
        select = connection.prepareStatement("SELECT " + ProductRow.SELECTED + " FROM product WHERE sku = ?");
        update = connection.prepareStatement(
                "UPDATE product SET quantity = ?, version = version + 1 WHERE sku = ? AND version = ?");
        insertAudit = connection.prepareStatement(
                "INSERT INTO audit (sku, version, old, new, author, at) VALUES (?, ?, ?, ?, ?, ?)");
    }

    /** Reads {@code sku} as it is now. */
    ProductRow read(String sku) throws SQLException {
        select.setString(1, sku);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("There is no product " + sku);
            }
            return ProductRow.read(row);
        }
    }

    /** Reads {@code sku} and adds one to its quantity, in one transaction. */
    void addOne(String sku) throws SQLException {
        begin.execute();
        try {
            requireWritten(write(read(sku)));
            commit.execute();
        } catch (SQLException | RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /** Adds one to the quantity of what was read; false, with nothing written, if another version is there. */
    boolean addOneTo(ProductRow read) throws SQLException {
        begin.execute();
        try {
            boolean won = write(read);
            (won ? commit : rollback).execute();
            return won;
        } catch (SQLException | RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /** Adds one to the quantities of many products in one transaction. */
    void addOneToAll(Iterable<String> skus) throws SQLException {
        begin.execute();
        try {
            for (String sku : skus) {
                requireWritten(write(read(sku)));
            }
            commit.execute();
        } catch (SQLException | RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    private boolean write(ProductRow read) throws SQLException {
        Product before = read.product();
        Product after = before.withQuantity(before.quantity() + 1);
        update.setLong(1, after.quantity());
        update.setString(2, after.sku());
        update.setLong(3, read.version());
        if (update.executeUpdate() != 1) {
            return false;
        }
        insertAudit.setString(1, after.sku());
        insertAudit.setLong(2, read.version() + 1);
        insertAudit.setString(3, form.json(before));
        insertAudit.setString(4, form.json(after));
        insertAudit.setString(5, "application");
        insertAudit.setLong(6, System.currentTimeMillis());
        insertAudit.executeUpdate();
        return true;
    }

    private static void requireWritten(boolean written) {
        if (!written) {
            throw new IllegalStateException("Another writer got into a transaction that holds the write lock");
        }
    }

    private void undo(Exception cause) {
        try {
            rollback.execute();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
