package dev.rowkeep.storage.sqlite;

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
 * A query's results, read as they are consumed, by one thread. Its several statements are as of one moment: it has a connection for
 * itself until it is closed, and a transaction on that, or reads within a snapshot's.
 */
final class SqliteScan implements ImageScan {
    private static final String ACTION = "query";

    private final Ending ending;
    private final Failures failures;
    private final StoreTable table;
    private final int[] ordinals;
    private final Deque<SqlText> queries;
    private @Nullable Session session;
    private @Nullable ResultSet row;
    private int left;

    /** What becomes of the connection. */
    private interface Ending {
        /** The scan is over. */
        void close(Session session) throws SQLException;

        /** The scan failed, and nothing is known of the connection. */
        void fail(Session session);
    }

    private SqliteScan(Ending ending, Failures failures, StoreTable table, QuerySpec query, Deque<SqlText> queries) {
        this.ending = ending;
        this.failures = failures;
        this.table = table;
        this.ordinals = query.columns().stream().toArray();
        this.queries = queries;
        this.left = query.limit();
    }

    /** Begins to read: the results are as of now. */
    static SqliteScan open(Readers readers, Failures failures, StoreTable table, QuerySpec query) {
        Deque<SqlText> queries = queries(table, query);
        boolean isTransaction = queries.size() > 1;
        Ending ending = new Ending() {
            @Override
            public void close(Session session) throws SQLException {
                if (isTransaction) {
                    session.execute("COMMIT");
                }
                readers.release(session);
            }

            @Override
            public void fail(Session session) {
                readers.discard(session);
            }
        };
        Session session = readers.lease(ACTION);
        SqliteScan scan = new SqliteScan(ending, failures, table, query, queries);
        return scan.begin(session, isTransaction ? "BEGIN" : null);
    }

    /** Begins to read in a transaction that is open on {@code session} and stays so; {@code onFailure} runs if reading fails. */
    static SqliteScan within(
            Session session, Runnable onFailure, Failures failures, StoreTable table, QuerySpec query) {
        Ending ending = new Ending() {
            @Override
            public void close(Session within) {}

            @Override
            public void fail(Session within) {
                onFailure.run();
            }
        };
        return new SqliteScan(ending, failures, table, query, queries(table, query)).begin(session, null);
    }

    private static Deque<SqlText> queries(StoreTable table, QuerySpec query) {
        int[] ordinals = query.columns().stream().toArray();
        return new ArrayDeque<>(table.queries().select(table.selected(ordinals), query));
    }

    private SqliteScan begin(Session reading, @Nullable String first) {
        session = reading;
        try {
            if (first != null) {
                reading.execute(first);
            }
            row = nextQuery(reading);
            return this;
        } catch (SQLException e) {
            abandon();
            throw failures.of(ACTION, e);
        }
    }

    @Override
    public @Nullable Image next() {
        Session reading = session;
        if (reading == null) {
            throw new IllegalStateException("The scan was closed.");
        }
        try {
            while (row != null && left > 0) {
                if (row.next()) {
                    left--;
                    return ImageRows.live(reading, row, 2, table, ImageRows.key(row, table), ordinals);
                }
                row.close();
                row = nextQuery(reading);
            }
            return null;
        } catch (SQLException e) {
            abandon();
            throw failures.of(ACTION, e);
        }
    }

    private @Nullable ResultSet nextQuery(Session reading) throws SQLException {
        SqlText query = queries.poll();
        if (query == null) {
            return null;
        }
        query.parameter(left);
        PreparedStatement statement = reading.prepared(query);
        return statement.executeQuery();
    }

    @Override
    public void close() {
        Session reading = session;
        if (reading == null) {
            return;
        }
        session = null;
        try {
            if (row != null) {
                row.close();
            }
            ending.close(reading);
        } catch (SQLException e) {
            ending.fail(reading); // The results were given; what is left is a connection that nobody needs.
        }
    }

    private void abandon() {
        Session reading = session;
        session = null;
        row = null;
        if (reading != null) {
            ending.fail(reading);
        }
    }
}
