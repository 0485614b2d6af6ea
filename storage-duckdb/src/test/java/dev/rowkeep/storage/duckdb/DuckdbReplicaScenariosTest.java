package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ReplicaScenarios;
import java.nio.file.Path;

/** Replicas on DuckDB. */
final class DuckdbReplicaScenariosTest extends ReplicaScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
