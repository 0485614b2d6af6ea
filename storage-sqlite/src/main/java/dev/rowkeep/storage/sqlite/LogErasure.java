package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.LoggedChange;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Replaces changes in the log by what is to be kept of them. The log is looked through and not the records' chains followed, so that a
 * damaged link keeps nothing back; and one change is in memory at a time.
 */
final class LogErasure {
    /** Ids of changes that are in memory at once. */
    private static final int IDS_AT_ONCE = 10_000;

    /** Less than SQLite takes parameters. */
    private static final int KEYS_AT_ONCE = 10_000;

    /** Where an analysis, which some program may have made, keeps cells of indexes. Without them SQLite guesses. */
    private static final String SAMPLES = "sqlite_stat4";

    private static final String HAS_SAMPLES = "SELECT count(*) FROM sqlite_schema WHERE name = '" + SAMPLES + "'";

    private static final String REPLACE = "UPDATE rowkeep_log SET delta = ?, image = ? WHERE id = ?";

    private final Session session;
    private final Catalog catalog;
    private final List<ErasedRecords> records;

    /** Of {@code records}, in the transaction that is open. */
    LogErasure(Session session, Catalog catalog, List<ErasedRecords> records) {
        this.session = session;
        this.catalog = catalog;
        this.records = records;
    }

    void run() throws SQLException {
        if (session.number(session.prepared(HAS_SAMPLES), 0) > 0) {
            session.execute("DELETE FROM " + SAMPLES);
        }
        for (ErasedRecords erased : records) {
            List<Object> keys = List.copyOf(erased.keys());
            for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
                erase(erased, keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE)));
            }
        }
    }

    private void erase(ErasedRecords erased, List<Object> keys) throws SQLException {
        StoreTable table = catalog.table(erased.layout());
        String sql = "SELECT id FROM rowkeep_log WHERE id > ? AND id < ? AND store = ? AND key IN (?"
                + ", ?".repeat(keys.size() - 1) + ") ORDER BY id LIMIT " + IDS_AT_ONCE;
        try (PreparedStatement query = session.connection().prepareStatement(sql)) {
            query.setLong(2, ChangeId.of(erased.through() + 1, 0));
            query.setInt(3, table.layout().id());
            for (int i = 0; i < keys.size(); i++) {
                query.setObject(4 + i, table.keyParameter(keys.get(i)));
            }
            List<Long> ids = List.of(0L);
            while (!ids.isEmpty()) {
                query.setLong(1, ids.get(ids.size() - 1));
                ids = ids(query);
                for (long id : ids) {
                    replace(LogRows.change(session, catalog, id));
                }
            }
        }
    }

    private static List<Long> ids(PreparedStatement query) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private void replace(LoggedChange change) throws SQLException {
        LoggedChange kept = ErasedRecords.erased(records, change);
        if (Arrays.equals(kept.delta(), change.delta()) && Arrays.equals(kept.image(), change.image())) {
            return;
        }
        PreparedStatement replace = session.prepared(REPLACE);
        replace.setBytes(1, kept.delta());
        replace.setBytes(2, kept.image());
        replace.setLong(3, change.id());
        replace.executeUpdate();
    }
}
