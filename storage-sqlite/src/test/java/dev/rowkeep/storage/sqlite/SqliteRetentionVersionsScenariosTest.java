package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RetentionVersionsScenarios;
import java.nio.file.Path;

/** Keeping the newest versions of each record on SQLite. */
final class SqliteRetentionVersionsScenariosTest extends RetentionVersionsScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
