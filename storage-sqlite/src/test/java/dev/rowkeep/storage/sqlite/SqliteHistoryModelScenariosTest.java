package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.HistoryModelScenarios;
import java.nio.file.Path;

/** Random histories on SQLite. */
final class SqliteHistoryModelScenariosTest extends HistoryModelScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).exclusive();
    }
}
