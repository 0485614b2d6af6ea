package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.SnapshotScenarios;
import java.nio.file.Path;

/** Named snapshots on DuckDB. */
final class DuckdbSnapshotScenariosTest extends SnapshotScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
