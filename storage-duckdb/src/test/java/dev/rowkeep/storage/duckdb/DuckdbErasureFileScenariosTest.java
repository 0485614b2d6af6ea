package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureFileScenarios;
import java.nio.file.Path;

/** Erasing in snapshots and backups on DuckDB. */
final class DuckdbErasureFileScenariosTest extends ErasureFileScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
