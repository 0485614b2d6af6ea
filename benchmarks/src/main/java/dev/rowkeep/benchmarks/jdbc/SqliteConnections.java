package dev.rowkeep.benchmarks.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * Connections to a SQLite file as durable as RowKeep's: a write-ahead log, synced at every commit.
 *
 * @param file the database
 * @param walAutocheckpoint after how many pages in the log a commit also moves them into the database
 */
record SqliteConnections(Path file, int walAutocheckpoint) {
    private static final int BUSY_TIMEOUT_MILLIS = 120_000;
    private static final int SHARED_CACHE_KIB = 32_000;
    private static final int THREAD_CACHE_KIB = 8_000;

    /** The database of a benchmark under {@code directory}. */
    static SqliteConnections in(Path directory, int walAutocheckpoint) {
        return new SqliteConnections(directory.resolve("jdbc.db"), walAutocheckpoint);
    }

    /** A connection that all threads share. */
    Connection open() throws SQLException {
        return open(SHARED_CACHE_KIB);
    }

    /** A connection for one of many threads. */
    Connection openForThread() throws SQLException {
        return open(THREAD_CACHE_KIB);
    }

    /** A new connection, which commits each statement by itself unless BEGIN is executed. */
    private Connection open(int cacheKib) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // Costs a query after every insert. The pragma of this name does not switch it off.
        config.setGetGeneratedKeys(false);
        SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA cache_size = -" + cacheKib);
            statement.execute("PRAGMA wal_autocheckpoint = " + walAutocheckpoint);
            // The driver would try a BEGIN of its own around every statement; transactions are begun by hand here.
            connection.getConnectionConfig().setAutoCommit(false);
        }
        return connection;
    }

    /** What a connection says about its settings. */
    static String describe(Connection connection) throws SQLException {
        StringBuilder settings =
                new StringBuilder("SQLite " + connection.getMetaData().getDatabaseProductVersion());
        for (String name : new String[] {"journal_mode", "synchronous", "wal_autocheckpoint"}) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA " + name)) {
                settings.append(", ").append(name).append('=').append(row.getString(1));
            }
        }
        return settings.toString();
    }
}
