package dev.rowkeep.storage.sqlite;

import java.sql.SQLException;
import java.sql.Statement;

/** Pages of the file that nothing needs. SQLite uses them for what comes; here they are given back. */
final class FreePages {
    /** How many are given back at once, half a megabyte: what a writer may have to wait for. */
    private static final int AT_ONCE = 256;

    private static final int INCREMENTAL = 2;

    private FreePages() {}

    /** Has a new file made so that they can be. Only before anything is written to it. */
    static void allowReleasing(Session session) throws SQLException {
        session.execute("PRAGMA auto_vacuum = INCREMENTAL");
    }

    /** Whether there are some, and the file was made so that they can be given back. */
    static boolean areThere(Session session) throws SQLException {
        return session.number(session.prepared("PRAGMA auto_vacuum"), 0) == INCREMENTAL
                && session.number(session.prepared("PRAGMA freelist_count"), 0) > 0;
    }

    /** Gives some back. Each step of the statement gives back one, and only an update is stepped to its end by the driver. */
    static void release(Session session) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(" + AT_ONCE + ")");
        }
    }
}
