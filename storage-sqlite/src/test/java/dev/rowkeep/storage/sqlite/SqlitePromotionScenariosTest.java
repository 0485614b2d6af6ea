package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.PromotionScenarios;
import java.nio.file.Path;

/** Promoted replicas on SQLite. */
final class SqlitePromotionScenariosTest extends PromotionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).exclusive();
    }
}
