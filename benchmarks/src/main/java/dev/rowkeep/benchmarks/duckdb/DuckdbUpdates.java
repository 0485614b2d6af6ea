package dev.rowkeep.benchmarks.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Updates through one connection, each a transaction with its audit row, which reads no more columns than it needs. Every statement is prepared once, BEGIN and COMMIT included, and
 * again after a conflict, which closes them. Not safe for use by several threads at once.
 */
final class DuckdbUpdates {
    private final Connection connection;
    private Statements statements;

    DuckdbUpdates(Connection connection) throws SQLException {
        this.connection = connection;
        this.statements = Statements.of(connection);
    }

    /** What an update needs. */
    private record Statements(
            PreparedStatement begin,
            PreparedStatement select,
            PreparedStatement update,
            PreparedStatement insertAudit,
            PreparedStatement commit) {
        static Statements of(Connection connection) throws SQLException {
            return new Statements(
                    connection.prepareStatement("BEGIN TRANSACTION"),
                    connection.prepareStatement("SELECT quantity, version FROM product WHERE sku = ?"),
                    connection.prepareStatement(
                            "UPDATE product SET quantity = ?, version = version + 1 WHERE sku = ? AND version = ?"),
                    connection.prepareStatement("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)"),
                    connection.prepareStatement("COMMIT"));
        }

        void close() throws SQLException {
            for (PreparedStatement statement : new PreparedStatement[] {begin, select, update, insertAudit, commit}) {
                statement.close();
            }
        }
    }

    /** Reads {@code sku} and adds one to its quantity, in one transaction; again, at once, where another writer came first. */
    void addOne(String sku) throws SQLException {
        while (!tryToAddOne(sku)) {
            Thread.onSpinWait();
        }
    }

    private boolean tryToAddOne(String sku) throws SQLException {
        try {
            statements.begin().execute();
            write(sku);
        } catch (SQLException e) {
            if (!isConflict(e)) {
                throw e;
            }
            beginAnew();
            return false;
        }
        statements.commit().execute();
        return true;
    }

    private void write(String sku) throws SQLException {
        long before;
        long version;
        statements.select().setString(1, sku);
        try (ResultSet row = statements.select().executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("There is no product " + sku);
            }
            before = row.getLong(1);
            version = row.getLong(2);
        }
        update(sku, before + 1, version);
        audit(sku, before, version + 1);
    }

    private void update(String sku, long quantity, long version) throws SQLException {
        PreparedStatement update = statements.update();
        update.setLong(1, quantity);
        update.setString(2, sku);
        update.setLong(3, version);
        if (update.executeUpdate() != 1) {
            throw new IllegalStateException("A transaction does not see what it read itself");
        }
    }

    private void audit(String sku, long quantityBefore, long version) throws SQLException {
        PreparedStatement audit = statements.insertAudit();
        audit.setString(1, sku);
        audit.setLong(2, version);
        audit.setString(3, quantityJson(quantityBefore));
        audit.setString(4, quantityJson(quantityBefore + 1));
        audit.setString(5, "application");
        audit.setObject(6, LocalDateTime.now(ZoneOffset.UTC));
        audit.executeUpdate();
    }

    /** The one cell that an update changes. */
    private static String quantityJson(long quantity) {
        return "{\"quantity\":" + quantity + "}";
    }

    /** DuckDB gives no SQLState; its messages tell. */
    private static boolean isConflict(SQLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("conflict");
    }

    private void beginAnew() throws SQLException {
        try (Statement rollback = connection.createStatement()) {
            rollback.execute("ROLLBACK");
        }
        statements.close();
        statements = Statements.of(connection);
    }
}
