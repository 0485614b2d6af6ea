package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RestoreScenarios;
import java.nio.file.Path;

/** Restoring a store on SQLite. */
final class SqliteRestoreScenariosTest extends RestoreScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
