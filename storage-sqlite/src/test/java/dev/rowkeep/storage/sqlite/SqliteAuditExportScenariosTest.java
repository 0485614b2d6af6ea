package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.AuditExportScenarios;
import java.nio.file.Path;

/** Audit files on SQLite. */
final class SqliteAuditExportScenariosTest extends AuditExportScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
