package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StoreLayout;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Whether the database is whole, as far as SQLite can tell, and has every index that its stores have. */
final class StructureCheck {
    private StructureCheck() {}

    static Optional<String> firstFault(Session session, Catalog catalog) throws SQLException {
        for (StoreLayout layout : catalog.layouts()) {
            for (String index : TableEvolution.indexes(layout).keySet()) {
                PreparedStatement query = session.prepared(
                        "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ? AND tbl_name = ? COLLATE NOCASE");
                query.setString(1, index);
                query.setString(2, layout.name());
                if (session.number(query, 0) != 1) {
                    return Optional.of("Store " + layout.name() + " has lost its index " + index
                            + ". Close the storage and create it again with SQL, as docs/storage-format.md says.");
                }
            }
        }
        try (ResultSet row = session.prepared("PRAGMA integrity_check(1)").executeQuery()) {
            String first = row.next() ? row.getString(1) : "integrity_check says nothing";
            return first.equals("ok") ? Optional.empty() : Optional.of(first);
        }
    }
}
