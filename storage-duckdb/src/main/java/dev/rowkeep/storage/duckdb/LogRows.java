package dev.rowkeep.storage.duckdb;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.StoreLayout;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the log. A row begins with the columns of {@link #CHANGE}; those of {@link #HEADER} follow, where they are asked for. */
final class LogRows {
    private static final String CHANGE = "c.id, c.store, c.key, c.version, c.kind, c.previous, c.delta, c.image";
    private static final String HEADER = "c.sequence, epoch_us(c.time), c.author, c.origin, c.reason, c.correlation";
    private static final int HEADER_FROM = 9;
    private static final int HASH = HEADER_FROM + 6;

    private static final String COMMITS = "SELECT " + CHANGE + ", " + HEADER + ", m.hash"
            + " FROM rowkeep_changes c JOIN rowkeep_commits m ON m.sequence = c.sequence"
            + " WHERE c.sequence > ? AND c.sequence <= ? AND m.sequence > ? AND m.sequence <= ? ORDER BY c.id";

    private static final String CHANGES = "SELECT " + CHANGE
            + " FROM rowkeep_changes c WHERE c.store = ? AND c.sequence > ? AND c.sequence <= ? ORDER BY c.id LIMIT ?";

    private static final String VERSIONS = "SELECT " + CHANGE + ", " + HEADER + " FROM rowkeep_changes c"
            + " WHERE c.store = ? AND c.key = ? AND c.version BETWEEN ? AND ? ORDER BY c.version DESC";

    private LogRows() {}

    /** The commits after a sequence up to another, both of which are in the database. */
    static List<LoggedCommit> commits(
            DuckdbSession session, Map<Integer, StoreLayout> layouts, long after, long through) throws SQLException {
        PreparedStatement query = session.prepared(COMMITS);
        query.setLong(1, after);
        query.setLong(2, through);
        query.setLong(3, after);
        query.setLong(4, through);
        List<LoggedCommit> commits = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            boolean isThere = row.next();
            while (isThere) {
                LoggedHeader header = header(row);
                byte[] hash = row.getBytes(HASH);
                List<LoggedChange> changes = new ArrayList<>(1);
                do {
                    changes.add(change(row, layouts));
                    isThere = row.next();
                } while (isThere && ChangeId.sequence(row.getLong(1)) == header.sequence());
                commits.add(new LoggedCommit(header, List.copyOf(changes), hash));
            }
        }
        return commits;
    }

    /** The changes of one store after a sequence up to another, at most {@code most}. */
    static List<LoggedChange> changes(
            DuckdbSession session, Map<Integer, StoreLayout> layouts, int store, long after, long through, int most)
            throws SQLException {
        PreparedStatement query = session.prepared(CHANGES);
        query.setInt(1, store);
        query.setLong(2, after);
        query.setLong(3, through);
        query.setInt(4, most);
        List<LoggedChange> changes = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                changes.add(change(row, layouts));
            }
        }
        return changes;
    }

    /** The versions of a record from {@code newest} down to {@code oldest}. */
    static List<LoggedVersion> versions(DuckdbSession session, StoreLayout layout, Object key, long newest, long oldest)
            throws SQLException {
        PreparedStatement query = session.prepared(VERSIONS);
        query.setInt(1, layout.id());
        query.setString(2, String.valueOf(key));
        query.setLong(3, oldest);
        query.setLong(4, newest);
        List<LoggedVersion> versions = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                versions.add(new LoggedVersion(header(row), change(row, Map.of(layout.id(), layout))));
            }
        }
        return versions;
    }

    /**
     * The newest version of a record made by a commit of at most {@code sequence}: where that was dropped, the one before the first that was
     * not; {@code newest} if all were.
     */
    static long versionAt(DuckdbSession session, StoreLayout layout, Object key, long sequence, long newest)
            throws SQLException {
        PreparedStatement query = session.prepared("SELECT coalesce(max(version) FILTER (sequence <= ?),"
                + " min(version) - 1, ?) FROM rowkeep_changes WHERE store = ? AND key = ?");
        query.setLong(1, sequence);
        query.setLong(2, newest);
        query.setInt(3, layout.id());
        query.setString(4, String.valueOf(key));
        return session.number(query);
    }

    /** The newest commit made at or before a time; 0 if there is none. */
    static long sequenceAt(DuckdbSession session, long timeMicros) throws SQLException {
        PreparedStatement query =
                session.prepared("SELECT coalesce(max(sequence), 0) FROM rowkeep_commits WHERE epoch_us(time) <= ?");
        query.setLong(1, timeMicros);
        return session.number(query);
    }

    private static LoggedHeader header(ResultSet row) throws SQLException {
        return new LoggedHeader(
                row.getLong(HEADER_FROM),
                row.getLong(HEADER_FROM + 1),
                ImageRows.author(row.getString(HEADER_FROM + 2), row.getString(HEADER_FROM + 3)),
                row.getString(HEADER_FROM + 4),
                row.getString(HEADER_FROM + 5));
    }

    private static LoggedChange change(ResultSet row, Map<Integer, StoreLayout> layouts) throws SQLException {
        int store = row.getInt(2);
        StoreLayout layout = layouts.get(store);
        String key = row.getString(3);
        if (layout == null || key == null) {
            throw new SQLDataException("A change is of store number " + store + ", which is not there, or has no key");
        }
        ColumnType<?> keyType = layout.key().type();
        return new LoggedChange(
                store,
                ImageRows.key(key, keyType),
                row.getLong(4),
                kind(row.getString(5)),
                row.getLong(1),
                row.getLong(6),
                row.getBytes(7),
                row.getBytes(8));
    }

    private static ChangeKind kind(String name) throws SQLDataException {
        try {
            return ChangeKind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("A change is of a kind that is not known", e);
        }
    }
}
