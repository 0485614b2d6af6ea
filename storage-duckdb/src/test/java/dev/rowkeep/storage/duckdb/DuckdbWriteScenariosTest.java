package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.WriteScenarios;
import java.nio.file.Path;

/** The engine's scenarios on DuckDB. */
final class DuckdbWriteScenariosTest extends WriteScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
