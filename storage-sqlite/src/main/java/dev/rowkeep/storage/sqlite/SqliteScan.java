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
 * A query's results, read as they are consumed. It has a connection for itself until it is closed; its several statements are in one
 * transaction, and so as of one moment. Used by one thread.
 */
final class SqliteScan implements ImageScan {
    private static final String ACTION = "query";

    private final Readers readers;
    private final Failures failures;
    private final StoreTable table;
    private final int[] ordinals;
    private final Deque<SqlText> queries;
    private final boolean isTransaction;
    private @Nullable Session session;
    private @Nullable ResultSet row;
    private int left;

    private SqliteScan(Readers readers, Failures failures, StoreTable table, QuerySpec query) {
        this.readers = readers;
        this.failures = failures;
        this.table = table;
        this.ordinals = query.columns().stream().toArray();
        this.queries = new ArrayDeque<>(table.queries().select(table.selected(ordinals), query));
        this.isTransaction = queries.size() > 1;
        this.left = query.limit();
    }

    /** Begins to read: the results are as of now. */
    static SqliteScan open(Readers readers, Failures failures, StoreTable table, QuerySpec query) {
        SqliteScan scan = new SqliteScan(readers, failures, table, query);
        Session session = readers.lease(ACTION);
        scan.session = session;
        try {
            if (scan.isTransaction) {
                session.execute("BEGIN");
            }
            scan.row = scan.nextQuery(session);
            return scan;
        } catch (SQLException e) {
            scan.abandon();
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
        try {
            if (row != null) {
                row.close();
            }
            if (isTransaction) {
                reading.execute("COMMIT");
            }
            session = null;
            readers.release(reading);
        } catch (SQLException e) {
            abandon(); // The results were given; what is left is a connection that nobody needs.
        }
    }

    private void abandon() {
        Session reading = session;
        session = null;
        row = null;
        if (reading != null) {
            readers.discard(reading);
        }
    }
}
