package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StorageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Where the log begins: behind the newest commit that was dropped, of which a row is kept. */
final class LogStart {
    /** Databases of the same format did not have it at first. */
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS rowkeep_start (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              sequence INTEGER NOT NULL,
              time INTEGER NOT NULL,
              hash BLOB NOT NULL
            ) STRICT""";

    private static final String IS_THERE =
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'rowkeep_start'";

    /** The table of checkpoints has no index by id; the log tells which there may be, also where contents with an image were dropped. */
    private static final String DROP_CHECKPOINTS = """
            DELETE FROM rowkeep_checkpoints WHERE (store, key, version) IN
              (SELECT store, key, version FROM rowkeep_log WHERE id < ?)""";

    private LogStart() {}

    static Head read(Session session) throws SQLException {
        if (session.number(session.prepared(IS_THERE), 0) == 0) {
            return Head.empty();
        }
        try (ResultSet row = session.prepared("SELECT sequence, time, hash FROM rowkeep_start")
                .executeQuery()) {
            return row.next() ? new Head(row.getLong(1), row.getLong(2), LogRows.bytes(row, 3)) : Head.empty();
        }
    }

    static void write(Session session, Head start) throws SQLException {
        PreparedStatement replace = session.prepared("INSERT OR REPLACE INTO rowkeep_start VALUES (1, ?, ?, ?)");
        replace.setLong(1, start.sequence());
        replace.setLong(2, start.timeMicros());
        replace.setBytes(3, start.hash());
        replace.executeUpdate();
    }

    /** Drops the commits up to {@code sequence}, in the transaction that is open. */
    static void dropThrough(Session session, long sequence) throws SQLException {
        if (sequence <= read(session).sequence()) {
            return;
        }
        write(session, headAt(session, sequence));
        for (String statement : new String[] {DROP_CHECKPOINTS, "DELETE FROM rowkeep_log WHERE id < ?"}) {
            PreparedStatement delete = session.prepared(statement);
            delete.setLong(1, ChangeId.of(sequence + 1, 0));
            delete.executeUpdate();
        }
    }

    private static Head headAt(Session session, long sequence) throws SQLException {
        PreparedStatement query = session.prepared("SELECT time, hash FROM rowkeep_log WHERE id = ?");
        query.setLong(1, ChangeId.of(sequence, 0));
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new StorageException(
                        StorageException.Kind.PERMANENT,
                        "Cannot drop the log through commit " + sequence + ": it has no such commit; its newest is "
                                + LogRows.head(session).sequence() + ". Nothing was dropped.",
                        null);
            }
            return new Head(sequence, row.getLong(1), LogRows.bytes(row, 2));
        }
    }
}
