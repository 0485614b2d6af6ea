package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.AnomalyScenarios;
import java.nio.file.Path;

/** What transactions must not let happen, on SQLite. */
final class SqliteAnomalyScenariosTest extends AnomalyScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
