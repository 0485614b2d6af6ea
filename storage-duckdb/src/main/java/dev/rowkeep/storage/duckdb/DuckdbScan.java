package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.storage.jdbc.SqlText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A query's results, read as they are consumed, by one thread. Its several statements are as of one moment: they read within one
 * transaction.
 */
final class DuckdbScan implements ImageScan {
    private static final String ACTION = "query";

    private final DuckdbSession session;
    private final Failures failures;
    private final Ending ending;
    private final StoreTable table;
    private final int[] ordinals;
    private final Deque<SqlText> queries;
    private @Nullable ResultSet row;
    private int left;
    private boolean isClosed;

    /** What becomes of the connection when the scan is over. */
    interface Ending {
        /** It was read to where it was wanted. */
        void close() throws SQLException;

        /** It failed, and nothing is known of the connection. */
        void fail();
    }

    /** Begins to read in the transaction that is open on {@code session}. */
    DuckdbScan(DuckdbSession session, Failures failures, Ending ending, StoreTable table, QuerySpec query) {
        this.session = session;
        this.failures = failures;
        this.ending = ending;
        this.table = table;
        this.ordinals = query.columns().stream().toArray();
        this.queries = new ArrayDeque<>(table.queries().select(table.selected(ordinals), query));
        this.left = query.limit();
        try {
            row = nextQuery();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Begins to read on a connection and in a transaction of its own. */
    static DuckdbScan alone(Sessions sessions, StoreTable table, QuerySpec query) {
        DuckdbSession session = sessions.lease(ACTION);
        try {
            session.execute("BEGIN TRANSACTION");
        } catch (SQLException e) {
            sessions.discard(session);
            throw sessions.failures().of(ACTION, e);
        }
        Ending ending = new Ending() {
            @Override
            public void close() throws SQLException {
                session.execute("COMMIT");
                sessions.release(session);
            }

            @Override
            public void fail() {
                sessions.discard(session);
            }
        };
        return new DuckdbScan(session, sessions.failures(), ending, table, query);
    }

    @Override
    public @Nullable Image next() {
        if (isClosed) {
            throw new IllegalStateException("The scan was closed.");
        }
        try {
            while (row != null && left > 0) {
                if (row.next()) {
                    left--;
                    return ImageRows.live(row, table, ordinals);
                }
                row.close();
                row = nextQuery();
            }
            return null;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private @Nullable ResultSet nextQuery() throws SQLException {
        SqlText query = queries.poll();
        if (query == null) {
            return null;
        }
        query.parameter(left);
        PreparedStatement statement = session.prepared(query);
        return statement.executeQuery();
    }

    private RuntimeException failed(SQLException cause) {
        isClosed = true;
        ending.fail();
        return failures.of(ACTION, cause);
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            if (row != null) {
                row.close();
            }
            ending.close();
        } catch (SQLException e) {
            ending.fail(); // The results were given; what is left is a connection that nobody needs.
        }
    }
}
