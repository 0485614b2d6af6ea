package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedChange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes whose contents were dropped while they stay in the log, and of each store a row that says how far that went. Their
 * checkpoints stay, by which walks to versions that they made begin nearby.
 */
final class DroppedContents {
    /** Databases of the same format did not have it at first. */
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS rowkeep_contents (
              store INTEGER PRIMARY KEY,
              dropped_through INTEGER NOT NULL
            ) STRICT""";

    private static final String IS_THERE =
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'rowkeep_contents'";

    private static final String NOTE = """
            INSERT INTO rowkeep_contents VALUES (?, ?)
              ON CONFLICT (store) DO UPDATE SET dropped_through = max(dropped_through, excluded.dropped_through)""";

    private static final String REPLACE = "UPDATE rowkeep_log SET delta = ?, image = NULL WHERE id = ?";

    private DroppedContents() {}

    /** The newest commit of which the contents of a change of this store were dropped; 0 if there is none. */
    static long through(Session session, int store) throws SQLException {
        if (session.number(session.prepared(IS_THERE), 0) == 0) {
            return 0;
        }
        PreparedStatement query = session.prepared("SELECT dropped_through FROM rowkeep_contents WHERE store = ?");
        query.setInt(1, store);
        return session.number(query, 0);
    }

    /** Puts each of {@code dropped} in the place of what the log holds, in the transaction that is open. */
    static void drop(Session session, List<LoggedChange> dropped) throws SQLException {
        Map<Integer, Long> through = new HashMap<>();
        List<Long> ids = new ArrayList<>(dropped.size());
        PreparedStatement replace = session.prepared(REPLACE);
        for (LoggedChange change : dropped) {
            replace.setBytes(1, change.delta());
            replace.setLong(2, change.id());
            if (replace.executeUpdate() == 1) {
                ids.add(change.id());
            }
            through.merge(change.storeId(), ChangeId.sequence(change.id()), Math::max);
        }
        PreparedStatement note = session.prepared(NOTE);
        for (Map.Entry<Integer, Long> each : through.entrySet()) {
            note.setInt(1, each.getKey());
            note.setLong(2, each.getValue());
            note.executeUpdate();
        }
        LogPacking.about(session, ids);
    }
}
