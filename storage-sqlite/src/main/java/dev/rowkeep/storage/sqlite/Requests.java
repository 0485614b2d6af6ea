package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.StoredRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code rowkeep_requests}. Their numbers rise in the order in which they were stored, so that the oldest are found at one
 * end of the table.
 */
final class Requests {
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS rowkeep_requests (
              number INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              time INTEGER NOT NULL,
              sequence INTEGER NOT NULL,
              fingerprint BLOB NOT NULL,
              outcome BLOB NOT NULL
            ) STRICT""";

    private static final InsertSql INSERT =
            new InsertSql("INSERT INTO rowkeep_requests (id, time, sequence, fingerprint, outcome) VALUES ", 5);
    private static final String FIND = "SELECT time, sequence, fingerprint, outcome FROM rowkeep_requests WHERE id = ?";

    private static final String FROM =
            "SELECT id, time, sequence, fingerprint, outcome FROM rowkeep_requests WHERE number >= ? ORDER BY number";
    private static final String NEXT =
            "SELECT sequence FROM rowkeep_requests WHERE number >= ? ORDER BY number LIMIT 1";

    /** Looks at no more rows than may be deleted, however many are old enough. */
    private static final String FORGET = "DELETE FROM rowkeep_requests WHERE number IN (SELECT number FROM"
            + " (SELECT number, time FROM rowkeep_requests ORDER BY number LIMIT ?) WHERE time < ?)";

    private Requests() {}

    static @Nullable StoredRequest find(Session session, String id) throws SQLException {
        PreparedStatement query = session.prepared(FIND);
        query.setString(1, id);
        try (ResultSet row = query.executeQuery()) {
            return row.next()
                    ? new StoredRequest(
                            id, row.getLong(1), row.getLong(2), LogRows.bytes(row, 3), LogRows.bytes(row, 4))
                    : null;
        }
    }

    /** Those of commits {@code from} to {@code to}. Their sequences rise with their numbers, so the first is searched for by halves. */
    static List<StoredRequest> ofCommits(Session session, long from, long to) throws SQLException {
        List<StoredRequest> found = new ArrayList<>();
        PreparedStatement query = session.prepared(FROM);
        query.setLong(1, first(session, from));
        try (ResultSet row = query.executeQuery()) {
            while (row.next() && row.getLong(3) <= to) {
                found.add(new StoredRequest(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        LogRows.bytes(row, 4),
                        LogRows.bytes(row, 5)));
            }
        }
        return found;
    }

    /** The lowest number from which on all requests are of {@code sequence} or later. */
    private static long first(Session session, long sequence) throws SQLException {
        long low = session.number(session.prepared("SELECT coalesce(min(number), 0) FROM rowkeep_requests"), 0);
        long high = session.number(session.prepared("SELECT coalesce(max(number), 0) FROM rowkeep_requests"), 0) + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            PreparedStatement query = session.prepared(NEXT);
            query.setLong(1, middle);
            // No request is left out of this: those forgotten are older than all that are there.
            if (session.number(query, Long.MAX_VALUE) < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static void write(Session session, RequestWrites writes) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(writes.stored().size());
        for (StoredRequest request : writes.stored()) {
            rows.add(new @Nullable Object[] {
                request.id(), request.timeMicros(), request.sequence(), request.fingerprint(), request.outcome()
            });
        }
        RowBatches.insert(session, INSERT, rows);
        PreparedStatement forget = session.prepared(FORGET);
        forget.setInt(1, writes.forgetMost());
        forget.setLong(2, writes.forgetBeforeMicros());
        forget.executeUpdate();
    }
}
