package dev.rowkeep.benchmarks.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Products and their audit table in a SQLite file, as a team makes them by hand. Owns one connection. */
public final class SqliteProducts implements AutoCloseable {
    /** SQLite's own default for the pages in the write-ahead log after which a commit moves them into the database. */
    public static final int DEFAULT_AUTOCHECKPOINT = 1000;

    /** As many bytes as RowKeep sets, whose pages are half as large. */
    public static final int ROWKEEP_AUTOCHECKPOINT = 16_000;

    private static final String PRODUCTS = """
            CREATE TABLE product (
              sku TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, price INTEGER NOT NULL,
              quantity INTEGER NOT NULL, active INTEGER NOT NULL, introduced TEXT NOT NULL, counted INTEGER NOT NULL,
              weight REAL NOT NULL, version INTEGER NOT NULL)""";
    private static final String AUDIT = """
            CREATE TABLE audit (
              id INTEGER PRIMARY KEY, sku TEXT NOT NULL, version INTEGER NOT NULL, old TEXT, new TEXT,
              author TEXT NOT NULL, at INTEGER NOT NULL)""";

    private final SqliteConnections connections;
    private final Connection connection;

    private SqliteProducts(SqliteConnections connections) throws SQLException {
        this.connections = connections;
        this.connection = connections.open();
        execute(PRODUCTS);
        execute(AUDIT);
    }

    /** Empty tables in a new file under {@code directory}. */
    public static SqliteProducts create(Path directory, int walAutocheckpoint) throws SQLException {
        return new SqliteProducts(SqliteConnections.in(directory, walAutocheckpoint));
    }

    /** Loads the products 0 to {@code count - 1} with their audit rows. */
    public SqliteProducts load(int count) throws SQLException {
        new ValuesLoader(connection).load(count);
        return this;
    }

    /** Adds the best index for pages of a category ordered by price. */
    public SqliteProducts indexForPages() throws SQLException {
        execute("CREATE INDEX product_page ON product (category, price, sku)");
        execute("ANALYZE");
        return this;
    }

    /** Moves everything from the write-ahead log into the database. */
    public void checkpoint() throws SQLException {
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /** The newest audit row. */
    public long newestAudit() throws SQLException {
        return number("SELECT max(id) FROM audit");
    }

    Connection connection() {
        return connection;
    }

    SqliteConnections connections() {
        return connections;
    }

    String settings() throws SQLException {
        return SqliteConnections.describe(connection);
    }

    /**
     * Checks that all updates there ever were, each of which adds one to a quantity and makes one version and one audit row,
     * are there once.
     *
     * @throws IllegalStateException if one is missing or was applied twice
     */
    void verifyUpdates(long acknowledged) throws SQLException {
        long quantities = number("SELECT sum(quantity) FROM product");
        long versions = number("SELECT sum(version - 1) FROM product");
        long audited = number("SELECT count(*) FROM audit WHERE version > 1");
        if (quantities != acknowledged || versions != acknowledged || audited != acknowledged) {
            throw new IllegalStateException("The baseline acknowledged " + acknowledged
                    + " updates; its quantities sum up to " + quantities + ", its versions to " + versions
                    + ", and its audit has " + audited + " rows.");
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
