package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.AuditScenarios;
import java.nio.file.Path;

/** Filtered reads of the log on SQLite. */
final class SqliteAuditScenariosTest extends AuditScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
