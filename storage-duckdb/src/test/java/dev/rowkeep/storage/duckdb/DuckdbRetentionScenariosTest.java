package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RetentionScenarios;
import java.nio.file.Path;

/** Retention on DuckDB. */
final class DuckdbRetentionScenariosTest extends RetentionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
