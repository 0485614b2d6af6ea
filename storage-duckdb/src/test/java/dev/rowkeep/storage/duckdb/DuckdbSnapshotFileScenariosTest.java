package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.SnapshotFileScenarios;
import java.nio.file.Path;

/** The files of snapshots on DuckDB. */
final class DuckdbSnapshotFileScenariosTest extends SnapshotFileScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
