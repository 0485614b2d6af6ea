package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.WriteScenarios;
import java.nio.file.Path;

/** The engine's scenarios on SQLite. */
final class SqliteWriteScenariosTest extends WriteScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
