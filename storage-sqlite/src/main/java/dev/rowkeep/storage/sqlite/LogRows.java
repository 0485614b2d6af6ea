package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the log. The log only grows, so several statements agree without a transaction. */
final class LogRows {
    private static final String HEADER = "m.sequence, m.time, m.author, m.origin, m.reason, m.correlation";

    private LogRows() {}

    /** The columns from which {@link #header} reads, of a commit called {@code m}. */
    static String headerColumns() {
        return HEADER;
    }

    static Head head(Session session) throws SQLException {
        try (ResultSet row = session.prepared(
                        "SELECT sequence, time, hash FROM rowkeep_commits ORDER BY sequence DESC LIMIT 1")
                .executeQuery()) {
            return row.next() ? new Head(row.getLong(1), row.getLong(2), bytes(row, 3)) : Head.empty();
        }
    }

    static List<LoggedCommit> commitsAfter(Session session, Catalog catalog, long sequence, int most)
            throws SQLException {
        List<LoggedCommit> commits = new ArrayList<>();
        PreparedStatement query = session.prepared("SELECT " + HEADER
                + ", m.hash FROM rowkeep_commits m WHERE m.sequence > ? ORDER BY m.sequence LIMIT ?");
        query.setLong(1, sequence);
        query.setInt(2, Math.max(0, most));
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                commits.add(new LoggedCommit(header(session, row, 1), new ArrayList<>(), bytes(row, 7)));
            }
        }
        if (!commits.isEmpty()) {
            addChanges(session, catalog, commits);
        }
        return commits.stream()
                .map(commit -> new LoggedCommit(commit.header(), List.copyOf(commit.changes()), commit.hash()))
                .toList();
    }

    private static void addChanges(Session session, Catalog catalog, List<LoggedCommit> commits) throws SQLException {
        long first = commits.get(0).header().sequence();
        long last = commits.get(commits.size() - 1).header().sequence();
        PreparedStatement query = session.prepared("SELECT store, key, version, kind, id, previous, delta, image"
                + " FROM rowkeep_changes WHERE id >= ? AND id < ? ORDER BY id");
        query.setLong(1, ChangeId.of(first, 0));
        query.setLong(2, ChangeId.of(last + 1, 0));
        int at = 0;
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                LoggedChange change = change(row, catalog);
                long sequence = ChangeId.sequence(change.id());
                while (at < commits.size() && commits.get(at).header().sequence() < sequence) {
                    at++;
                }
                if (at == commits.size() || commits.get(at).header().sequence() != sequence) {
                    throw new SQLDataException("Change " + change.id() + " belongs to no commit");
                }
                commits.get(at).changes().add(change);
            }
        }
    }

    private static LoggedChange change(ResultSet row, Catalog catalog) throws SQLException {
        int store = row.getInt(1);
        StoreTable table = catalog.table(store);
        Object key = SqliteDialect.INSTANCE.cell(row, 2, table.layout().key().type());
        if (key == null) {
            throw new SQLDataException("A change has no key");
        }
        return new LoggedChange(
                store,
                key,
                row.getLong(3),
                Codes.changeKind(row.getInt(4)),
                row.getLong(5),
                row.getLong(6),
                bytes(row, 7),
                row.getBytes(8));
    }

    static LoggedHeader header(Session session, ResultSet row, int from) throws SQLException {
        return new LoggedHeader(
                row.getLong(from),
                row.getLong(from + 1),
                session.author(row.getString(from + 2), row.getInt(from + 3)),
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
        PreparedStatement query = session.prepared(
                "SELECT sequence, time FROM rowkeep_commits WHERE sequence >= ? ORDER BY sequence LIMIT 1");
        long found = 0;
        long low = 1;
        long high = head.sequence();
        while (low <= high) {
            long middle = low + (high - low) / 2;
            query.setLong(1, middle);
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getLong(2) <= timeMicros) {
                    found = row.getLong(1);
                    low = found + 1;
                } else {
                    high = middle - 1;
                }
            }
        }
        return found;
    }
}
