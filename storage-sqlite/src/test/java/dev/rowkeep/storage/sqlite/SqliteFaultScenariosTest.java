package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.FaultScenarios;
import java.nio.file.Path;

/** The engine's scenarios on SQLite. */
final class SqliteFaultScenariosTest extends FaultScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
