package dev.rowkeep.benchmarks.duckdb;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB file and a connection to it, with the settings that DuckDB has as shipped: its write-ahead log is synced at every commit.
 */
final class DuckdbFile implements AutoCloseable {
    private final DuckDBConnection connection;

    private DuckdbFile(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Opens {@code file}, which is made if it is not there. */
    static DuckdbFile open(Path file) throws SQLException {
        return new DuckdbFile(DriverManager.getConnection("jdbc:duckdb:" + file).unwrap(DuckDBConnection.class));
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** Another connection to the same database. */
    DuckDBConnection another() throws SQLException {
        return connection.duplicate().unwrap(DuckDBConnection.class);
    }

    /** Appends rows to a table, within the transaction that is open. */
    DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender("main", table);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one number that a query gives. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What the connection says about its settings. */
    String describe() throws SQLException {
        StringBuilder settings =
                new StringBuilder("DuckDB " + connection.getMetaData().getDatabaseProductVersion());
        for (String name : new String[] {"threads", "checkpoint_threshold"}) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_setting('" + name + "')")) {
                row.next();
                settings.append(", ").append(name).append('=').append(row.getString(1));
            }
        }
        return settings.append(", write-ahead log synced at every commit").toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
