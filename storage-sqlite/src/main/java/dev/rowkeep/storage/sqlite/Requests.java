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
