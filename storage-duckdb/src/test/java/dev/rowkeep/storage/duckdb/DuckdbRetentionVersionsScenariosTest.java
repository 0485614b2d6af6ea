package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RetentionVersionsScenarios;
import java.nio.file.Path;

/** Retention of the newest versions on DuckDB. */
final class DuckdbRetentionVersionsScenariosTest extends RetentionVersionsScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
