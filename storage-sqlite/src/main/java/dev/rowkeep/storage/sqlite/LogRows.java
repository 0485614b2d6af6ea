package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the log. It grows at its end and is cut at its start, so several statements agree without a transaction on what is between. */
final class LogRows {
    private static final String HEADER = "m.id, m.time, m.author, m.origin, m.reason, m.correlation";

    private static final String ALL = "SELECT " + HEADER
            + ", m.hash, m.store, m.key, m.version, m.kind, m.previous, m.delta, m.image FROM rowkeep_log m WHERE m.id ";

    private static final String CHANGES = ALL + ">= ?";
    private static final String CHANGE = ALL + "= ?";

    private static final int PACKED_KIND_BITS = 3;

    /** In the place of a kind, in a row of another store. */
    private static final int OTHER_STORE = 7;

    /** A change's version, and in the lowest bits its kind, in one number: each column of each row is a call of its own into SQLite. */
    private static final String STORE_CHANGES =
            "SELECT id, version << " + PACKED_KIND_BITS + " | CASE WHEN store <> ? THEN "
                    + OTHER_STORE + " WHEN kind BETWEEN 0 AND 5 THEN kind ELSE 6 END, key, previous, delta"
                    + " FROM rowkeep_log WHERE id BETWEEN ? AND ? ORDER BY id";

    /** How many commits that nobody asked for are passed before the next one is looked up. */
    private static final int NEAR = 100;

    private LogRows() {}

    /** The columns from which {@link #header} reads, of the first row {@code m} of a commit. */
    static String headerColumns() {
        return HEADER;
    }

    static Head head(Session session) throws SQLException {
        try (ResultSet row = session.prepared("""
                        SELECT id, time, hash FROM rowkeep_log
                        WHERE id = (SELECT max(id) >> 20 << 20 FROM rowkeep_log)""").executeQuery()) {
            return row.next()
                    ? new Head(ChangeId.sequence(row.getLong(1)), row.getLong(2), bytes(row, 3))
                    : LogStart.read(session);
        }
    }

    static List<LoggedCommit> commitsAfter(Session session, Catalog catalog, long sequence, int most)
            throws SQLException {
        PreparedStatement query = session.prepared(CHANGES + " ORDER BY m.id");
        query.setLong(1, ChangeId.of(sequence + 1, 0));
        List<LoggedCommit> commits = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            boolean isThere = most > 0 && row.next();
            while (isThere && commits.size() < most) {
                LoggedHeader header = header(session, row, 1);
                byte[] hash = bytes(row, 7);
                List<LoggedChange> changes = new ArrayList<>(1);
                do {
                    changes.add(change(session, row, catalog));
                    isThere = row.next();
                } while (isThere && ChangeId.sequence(row.getLong(1)) == header.sequence());
                commits.add(new LoggedCommit(header, List.copyOf(changes), hash));
            }
        }
        return commits;
    }

    /** The headers of commits; of those between, nothing but the place is read. */
    static Map<Long, LoggedHeader> headers(Session session, List<Long> sequences) throws SQLException {
        PreparedStatement query =
                session.prepared("SELECT id, time, author, origin, reason, correlation FROM rowkeep_log"
                        + " WHERE id BETWEEN ? AND ? AND hash IS NOT NULL ORDER BY id");
        Map<Long, LoggedHeader> headers = new HashMap<>();
        Iterator<Long> next = sequences.iterator();
        long wanted = next.hasNext() ? next.next() : 0;
        while (wanted > 0) {
            query.setLong(1, ChangeId.of(wanted, 0));
            query.setLong(2, ChangeId.of(sequences.get(sequences.size() - 1), 0));
            long passed = 0;
            try (ResultSet row = query.executeQuery()) {
                while (wanted > 0 && passed < NEAR && row.next()) {
                    long sequence = ChangeId.sequence(row.getLong(1));
                    passed++;
                    while (wanted > 0 && wanted <= sequence) {
                        if (wanted == sequence) {
                            headers.put(sequence, header(session, row, 1));
                            passed = 0;
                        }
                        wanted = next.hasNext() ? next.next() : 0;
                    }
                }
                if (passed < NEAR) {
                    return headers;
                }
            }
        }
        return headers;
    }

    /** As {@link dev.rowkeep.spi.Storage#changes}. */
    static void changes(
            Session session, StoreLayout layout, long after, long through, Consumer<? super LoggedChange> visitor)
            throws SQLException {
        PreparedStatement query = session.prepared(STORE_CHANGES);
        query.setInt(1, layout.id());
        query.setLong(2, ChangeId.of(after + 1, 0));
        query.setLong(3, through == Long.MAX_VALUE ? through : ChangeId.of(through + 1, 0) - 1);
        long at = after;
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                long id = row.getLong(1);
                if (ChangeId.sequence(id) > at + 1) {
                    throw StorageException.lacksCommit(at + 1);
                }
                at = ChangeId.sequence(id);
                long packed = row.getLong(2);
                int kind = (int) packed & OTHER_STORE;
                if (kind != OTHER_STORE) {
                    Object key =
                            SqliteDialect.INSTANCE.cell(row, 3, layout.key().type());
                    if (key == null) {
                        throw new SQLDataException("A change has no key");
                    }
                    visitor.accept(new LoggedChange(
                            layout.id(),
                            key,
                            packed >> PACKED_KIND_BITS,
                            Codes.changeKind(kind),
                            id,
                            row.getLong(4),
                            bytes(row, 5),
                            null));
                }
            }
        }
        if (through != Long.MAX_VALUE && at < through) {
            throw StorageException.lacksCommit(at + 1);
        }
    }

    /** Read in the order of the log from its given place on, whatever the store. */
    static List<LoggedChange> changesAfter(Session session, Catalog catalog, int store, long sequence, int most)
            throws SQLException {
        PreparedStatement query = session.prepared(CHANGES + " AND m.store = ? ORDER BY m.id LIMIT ?");
        query.setLong(1, ChangeId.of(sequence + 1, 0));
        query.setInt(2, store);
        query.setInt(3, most);
        List<LoggedChange> changes = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                changes.add(change(session, row, catalog));
            }
        }
        return changes;
    }

    /** The change with an id, which must be there. */
    static LoggedChange change(Session session, Catalog catalog, long id) throws SQLException {
        PreparedStatement query = session.prepared(CHANGE);
        query.setLong(1, id);
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLDataException("Change " + id + " is lost");
            }
            return change(session, row, catalog);
        }
    }

    private static LoggedChange change(Session session, ResultSet row, Catalog catalog) throws SQLException {
        int store = row.getInt(8);
        StoreTable table = catalog.table(session, store);
        Object key = SqliteDialect.INSTANCE.cell(row, 9, table.layout().key().type());
        if (key == null) {
            throw new SQLDataException("A change has no key");
        }
        return new LoggedChange(
                store,
                key,
                row.getLong(10),
                Codes.changeKind(row.getInt(11)),
                row.getLong(1),
                row.getLong(12),
                bytes(row, 13),
                row.getBytes(14));
    }

    /**
     * The header in a commit's first row.
     *
     * @throws SQLDataException if the row is not a first one: the one before it is lost
     */
    static LoggedHeader header(Session session, ResultSet row, int from) throws SQLException {
        String author = SqliteDialect.text(row, from + 2);
        if (author == null) {
            throw new SQLDataException("Change " + row.getLong(from) + " belongs to no commit");
        }
        return new LoggedHeader(
                ChangeId.sequence(row.getLong(from)),
                row.getLong(from + 1),
                session.author(author, row.getInt(from + 3)),
                row.getString(from + 4),
                row.getString(from + 5));
    }

    /** Bytes that are there; the driver gives null for none at all. */
    static byte[] bytes(ResultSet row, int index) throws SQLException {
        byte[] bytes = row.getBytes(index);
        return bytes == null ? new byte[0] : bytes;
    }

    /** The newest commit made at or before a time, found by halving: times never go back. */
    static long sequenceAt(Session session, Head head, long timeMicros) throws SQLException {
        if (head.timeMicros() <= timeMicros) {
            return head.sequence();
        }
        Head start = LogStart.read(session);
        PreparedStatement query = session.prepared(
                "SELECT id, time FROM rowkeep_log WHERE id >= ? AND hash IS NOT NULL ORDER BY id LIMIT 1");
        long found = start.timeMicros() <= timeMicros ? start.sequence() : 0;
        long low = start.sequence() + 1;
        long high = head.sequence();
        while (low <= high) {
            long middle = low + (high - low) / 2;
            query.setLong(1, ChangeId.of(middle, 0));
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getLong(2) <= timeMicros) {
                    found = ChangeId.sequence(row.getLong(1));
                    low = found + 1;
                } else {
                    high = middle - 1;
                }
            }
        }
        return found;
    }
}
