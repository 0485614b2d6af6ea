package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.GuardScenarios;
import java.nio.file.Path;

/** Jobs that leave people alone, on DuckDB. */
final class DuckdbGuardScenariosTest extends GuardScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
