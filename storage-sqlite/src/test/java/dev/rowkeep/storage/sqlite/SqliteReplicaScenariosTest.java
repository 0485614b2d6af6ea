package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ReplicaScenarios;
import java.nio.file.Path;

/** Replicas on SQLite. */
final class SqliteReplicaScenariosTest extends ReplicaScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).exclusive();
    }
}
