package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.BootstrapScenarios;
import java.nio.file.Path;

/** Replicas on SQLite that begin with a snapshot. */
final class SqliteBootstrapScenariosTest extends BootstrapScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).exclusive();
    }
}
