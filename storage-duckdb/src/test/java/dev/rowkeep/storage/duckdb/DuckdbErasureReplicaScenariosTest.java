package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureReplicaScenarios;
import java.nio.file.Path;

/** Erasing in replicas on DuckDB. */
final class DuckdbErasureReplicaScenariosTest extends ErasureReplicaScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
