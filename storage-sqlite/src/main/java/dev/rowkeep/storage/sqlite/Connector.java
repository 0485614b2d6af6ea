package dev.rowkeep.storage.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to one database file, which must be there.
 *
 * <p>WAL with {@code synchronous=FULL} is what makes a commit durable before it returns. The driver is told that it is in a
 * transaction, so that it leaves transactions alone: otherwise it would try a BEGIN of its own after every statement. It is not
 * asked for generated keys, which would cost a query after every insert.
 */
final class Connector {
    /**
     * Half of SQLite's default. A commit syncs whole pages, most often one of records and one of the log; with pages of this size a
     * single writer is 4 percent faster, reads and sizes are as before, and bulk imports a tenth slower. Only for a new file.
     */
    private static final int PAGE_BYTES = 2048;

    /** 64 MB. With a quarter of it, every hundredth write of 64 writers waits for a checkpoint. */
    private static final int WAL_PAGES_BETWEEN_CHECKPOINTS = 32_000;

    private static final int WRITER_CACHE_KIB = 32_000;
    private static final int READER_CACHE_KIB = 8_000;

    private static final int MOST_SQL_VALUE_BYTES = 64 * 1024 * 1024;
    private static final int MOST_PATTERN_BYTES = 1_000;

    /** What SQLite can count to. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private final Path file;
    private final Duration busyTimeout;

    Connector(Path file, Duration busyTimeout) {
        this.file = file;
        this.busyTimeout = busyTimeout.compareTo(LONGEST) > 0 ? LONGEST : busyTimeout;
    }

    /** For how long a call waits for what another connection holds. */
    Duration busyTimeout() {
        return busyTimeout;
    }

    Session writer() throws SQLException {
        return open(settings(), WRITER_CACHE_KIB, false);
    }

    Session reader() throws SQLException {
        return open(settings(), READER_CACHE_KIB, true);
    }

    /** A connection that copies the database: it may write, but only into the copy. */
    Session copier() throws SQLException {
        return open(settings(), READER_CACHE_KIB, false);
    }

    /**
     * A connection for SQL that an application gives: SQLite itself opens the file for reading only, has nothing to attach to, and
     * loads no extensions, which the driver leaves off. The values that it makes are bounded, and so are patterns, whose matching nothing can
     * interrupt.
     */
    Session sqlReader() throws SQLException {
        SQLiteConfig config = settings();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        Session session = open(config, READER_CACHE_KIB, true);
        SQLiteConnection connection = session.connection();
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MOST_SQL_VALUE_BYTES);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MOST_PATTERN_BYTES);
        return session;
    }

    private SQLiteConfig settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setGetGeneratedKeys(false);
        return config;
    }

    private Session open(SQLiteConfig config, int cacheKib, boolean queryOnly) throws SQLException {
        SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_BYTES);
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA foreign_keys = OFF");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA cache_size = -" + cacheKib);
            statement.execute("PRAGMA wal_autocheckpoint = " + WAL_PAGES_BETWEEN_CHECKPOINTS);
            if (queryOnly) {
                statement.execute("PRAGMA query_only = ON");
            }
            connection.getConnectionConfig().setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return new Session(connection);
    }
}
