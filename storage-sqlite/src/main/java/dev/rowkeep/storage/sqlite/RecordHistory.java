package dev.rowkeep.storage.sqlite;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedVersion;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record's versions from the log.
 *
 * <p>Changes are chained from new to old and there is no index over (key, version), which would cost each update more than everything
 * else in the log. A walk begins at the nearest checkpoint above what is wanted, or at the record's newest change, and is one
 * statement. It only goes to smaller ids, so that it ends on a damaged chain too.
 */
final class RecordHistory {
    /** A record's newest change, live or deleted. */
    private static final String NEWEST = """
            SELECT _change, _version FROM %1$s WHERE %2$s = ?1
            UNION ALL SELECT change, version FROM rowkeep_tombstones WHERE store = %3$d AND key = ?1""";

    private static final String CHECKPOINT_FROM = """
            SELECT id, version FROM rowkeep_checkpoints
            WHERE store = %3$d AND key = ?1 AND version >= ?2 ORDER BY version LIMIT 1""";

    private static final String VERSIONS = """
            WITH RECURSIVE walk (id, version, previous) AS (
              SELECT id, version, previous FROM rowkeep_log WHERE id = coalesce(
                (SELECT id FROM rowkeep_checkpoints
                  WHERE store = %3$d AND key = ?1 AND version >= ?2 ORDER BY version LIMIT 1),
                (SELECT _change FROM %1$s WHERE %2$s = ?1),
                (SELECT change FROM rowkeep_tombstones WHERE store = %3$d AND key = ?1))
              UNION ALL
              SELECT c.id, c.version, c.previous FROM walk CROSS JOIN rowkeep_log c ON c.id = walk.previous AND c.id < walk.id
                WHERE walk.version > ?3)
            SELECT %4$s, c.version, c.kind, c.id, c.previous, c.delta, c.image
            FROM walk CROSS JOIN rowkeep_log c ON c.id = walk.id
              CROSS JOIN rowkeep_log m ON m.id = walk.id >> 20 << 20
            WHERE walk.version BETWEEN ?3 AND ?2""";

    private static final String VERSION_BEFORE = """
            WITH RECURSIVE walk (id, version, previous) AS (
              SELECT id, version, previous FROM rowkeep_log WHERE id = ?1
              UNION ALL
              SELECT c.id, c.version, c.previous FROM walk CROSS JOIN rowkeep_log c ON c.id = walk.previous AND c.id < walk.id
                WHERE walk.id >= ?2)
            SELECT id, version, previous FROM walk ORDER BY id LIMIT 1""";

    private final int storeId;
    private final ColumnType<?> keyType;
    private final String newest;
    private final String checkpointFrom;
    private final String versions;

    private record Place(long id, long version) {}

    /**
     * The histories of one store's records.
     *
     * @param table the quoted name of the store's table
     * @param key the quoted name of the key's column
     */
    RecordHistory(int storeId, String table, String key, ColumnType<?> keyType) {
        this.storeId = storeId;
        this.keyType = keyType;
        this.newest = NEWEST.formatted(table, key, storeId);
        this.checkpointFrom = CHECKPOINT_FROM.formatted(table, key, storeId);
        this.versions = VERSIONS.formatted(table, key, storeId, LogRows.headerColumns());
    }

    /** The versions from {@code newest} down to {@code oldest}. */
    List<LoggedVersion> versions(Session session, Object key, long newest, long oldest) throws SQLException {
        PreparedStatement query = session.prepared(versions);
        query.setObject(1, keyParameter(key));
        query.setLong(2, newest);
        query.setLong(3, oldest);
        List<LoggedVersion> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new LoggedVersion(LogRows.header(session, row, 1), change(row, key)));
            }
        }
        found.sort(
                Comparator.comparingLong((LoggedVersion each) -> each.change().version())
                        .reversed());
        requireWhole(session, found, Math.max(1, oldest));
        return found;
    }

    /** A walk that a damaged link has ended too early must not pass for a short history, or for one whose start was dropped. */
    private static void requireWhole(Session session, List<LoggedVersion> found, long oldest) throws SQLException {
        for (int i = 0; i < found.size(); i++) {
            LoggedChange change = found.get(i).change();
            boolean isLast = i + 1 == found.size();
            long next = isLast ? oldest - 1 : found.get(i + 1).change().version();
            if (next != change.version() - 1 && !(isLast && isDropped(session, change.previousId()))) {
                throw broken(change.version());
            }
        }
    }

    private static boolean isDropped(Session session, long changeId) throws SQLException {
        return changeId > 0
                && ChangeId.sequence(changeId) <= LogStart.read(session).sequence();
    }

    private static SQLDataException broken(long version) {
        return new SQLDataException("The change that made version " + version
                + " of a record does not lead to that of version " + (version - 1));
    }

    private LoggedChange change(ResultSet row, Object key) throws SQLException {
        return new LoggedChange(
                storeId,
                key,
                row.getLong(7),
                Codes.changeKind(row.getInt(8)),
                row.getLong(9),
                row.getLong(10),
                LogRows.bytes(row, 11),
                row.getBytes(12));
    }

    /**
     * The newest version made by a commit of at most {@code sequence}, which was not dropped; 0 if there is none. Where the version's own change
     * was dropped, the first one after it tells.
     */
    long versionAt(Session session, Object key, long sequence) throws SQLException {
        PreparedStatement query = session.prepared(newest);
        query.setObject(1, keyParameter(key));
        Place last = place(query);
        if (last == null || sequence < 1) {
            return 0;
        }
        if (ChangeId.sequence(last.id()) <= sequence) {
            return last.version();
        }
        long bound = ChangeId.of(sequence + 1, 0);
        PreparedStatement walk = session.prepared(VERSION_BEFORE);
        walk.setLong(1, firstCheckpointFrom(session, key, bound, last).id());
        walk.setLong(2, bound);
        try (ResultSet row = walk.executeQuery()) {
            if (!row.next()) {
                throw broken(last.version());
            }
            if (row.getLong(1) < bound) {
                return row.getLong(2);
            }
            if (row.getLong(3) > 0 && !isDropped(session, row.getLong(3))) {
                throw broken(row.getLong(2));
            }
            return row.getLong(2) - 1;
        }
    }

    /** The first checkpoint that is not before {@code bound}, found by halving, or {@code last}: ids grow with versions. */
    private Place firstCheckpointFrom(Session session, Object key, long bound, Place last) throws SQLException {
        PreparedStatement query = session.prepared(checkpointFrom);
        Place first = last;
        long low = 1;
        long high = last.version();
        while (low <= high) {
            long middle = low + (high - low) / 2;
            query.setObject(1, keyParameter(key));
            query.setLong(2, middle);
            Place checkpoint = place(query);
            if (checkpoint != null && checkpoint.id() < bound) {
                low = checkpoint.version() + 1;
            } else {
                first = checkpoint == null ? first : checkpoint;
                high = middle - 1;
            }
        }
        return first;
    }

    private Object keyParameter(Object key) {
        return SqliteDialect.INSTANCE.parameter(keyType, key);
    }

    private static @Nullable Place place(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? new Place(row.getLong(1), row.getLong(2)) : null;
        }
    }
}
