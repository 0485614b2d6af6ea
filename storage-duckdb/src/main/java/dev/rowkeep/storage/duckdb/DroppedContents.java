package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StoreLayout;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.user.DuckDBUserArray;

/**
 * What the database holds of changes whose contents were dropped: the changes, marked, and of each store through where it was done.
 *
 * <p>What a record was as of a version is told by that version's change and by the one after it, which knows what it found. So a version is
 * taken from the history when the change after it has lost its contents, and the newest that was dropped of a record stays there.
 */
final class DroppedContents {
    private static final String THROUGH = "rowkeep_contents_dropped";

    /** How many changes one statement replaces. */
    private static final int CHANGES_AT_ONCE = 8192;

    /** Deltas are handed over as digits: the driver has no arrays of bytes. */
    private static final String REPLACE =
            "UPDATE rowkeep_changes SET delta = unhex(r.delta), image = NULL, dropped = true"
                    + " FROM (SELECT unnest(?) AS id, unnest(?) AS delta) AS r WHERE rowkeep_changes.id = r.id";

    private DroppedContents() {}

    static String create() {
        return "CREATE TABLE " + THROUGH + " (store INTEGER NOT NULL, sequence BIGINT NOT NULL)";
    }

    /** By store, the newest commit of which the contents of a change were dropped; without the stores that have none. */
    static Map<Integer, Long> through(DuckdbSession session) throws SQLException {
        Map<Integer, Long> through = new TreeMap<>();
        try (ResultSet row =
                session.prepared("SELECT store, sequence FROM " + THROUGH).executeQuery()) {
            while (row.next()) {
                through.put(row.getInt(1), row.getLong(2));
            }
        }
        return through;
    }

    /** Drops them, of changes that are in the database or were dropped whole, in the transaction that is open. */
    static void write(DuckdbSession session, Map<Integer, StoreLayout> layouts, Entry.ContentsDropped dropped)
            throws SQLException {
        List<Entry.Replaced> changes = dropped.changes();
        for (int from = 0; from < changes.size(); from += CHANGES_AT_ONCE) {
            replace(session, changes.subList(from, Math.min(changes.size(), from + CHANGES_AT_ONCE)), layouts);
        }
        Map<Integer, Long> through = through(session);
        Head start = Format.start(session);
        for (Map.Entry<Integer, Long> store : dropped.through().entrySet()) {
            if (store.getValue() > through.getOrDefault(store.getKey(), 0L)) {
                set(session, store.getKey(), store.getValue());
                StoreLayout layout = layouts.get(store.getKey());
                if (layout != null) {
                    session.execute(new HistoryTable(layout).createAsOf(start.sequence(), store.getValue()));
                }
            }
        }
    }

    private static void replace(DuckdbSession session, List<Entry.Replaced> changes, Map<Integer, StoreLayout> layouts)
            throws SQLException {
        Object[] ids = changes.stream().map(Entry.Replaced::id).toArray();
        PreparedStatement replace = session.prepared(REPLACE);
        replace.setObject(1, new DuckDBUserArray("BIGINT", ids));
        replace.setObject(
                2,
                new DuckDBUserArray(
                        "VARCHAR",
                        changes.stream()
                                .map(change -> HexFormat.of().formatHex(change.delta()))
                                .toArray()));
        replace.execute();
        for (int store :
                changes.stream().mapToInt(Entry.Replaced::storeId).distinct().toArray()) {
            StoreLayout layout = layouts.get(store);
            if (layout != null) {
                PreparedStatement delete = session.prepared(new HistoryTable(layout).deleteBefore());
                delete.setObject(1, new DuckDBUserArray("BIGINT", ids));
                delete.execute();
            }
        }
    }

    private static void set(DuckdbSession session, int store, long sequence) throws SQLException {
        PreparedStatement delete = session.prepared("DELETE FROM " + THROUGH + " WHERE store = ?");
        delete.setInt(1, store);
        delete.execute();
        PreparedStatement insert = session.prepared("INSERT INTO " + THROUGH + " VALUES (?, ?)");
        insert.setInt(1, store);
        insert.setLong(2, sequence);
        insert.execute();
    }
}
