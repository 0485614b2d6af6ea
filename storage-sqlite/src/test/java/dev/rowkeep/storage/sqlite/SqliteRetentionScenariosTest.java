package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RetentionScenarios;
import java.nio.file.Path;

/** Retention on SQLite. */
final class SqliteRetentionScenariosTest extends RetentionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
