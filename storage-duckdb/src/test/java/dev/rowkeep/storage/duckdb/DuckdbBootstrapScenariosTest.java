package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.BootstrapScenarios;
import java.nio.file.Path;

/** Replicas on DuckDB that begin with a snapshot. */
final class DuckdbBootstrapScenariosTest extends BootstrapScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
