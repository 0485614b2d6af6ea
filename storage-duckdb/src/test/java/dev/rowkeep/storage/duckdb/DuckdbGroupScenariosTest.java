package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.GroupScenarios;
import java.nio.file.Path;

/** Groups on DuckDB. */
final class DuckdbGroupScenariosTest extends GroupScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
