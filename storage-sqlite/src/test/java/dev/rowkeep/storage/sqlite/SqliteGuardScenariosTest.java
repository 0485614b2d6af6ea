package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.GuardScenarios;
import java.nio.file.Path;

/** Jobs that leave people alone, on SQLite. */
final class SqliteGuardScenariosTest extends GuardScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
