package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ViewScenarios;
import java.nio.file.Path;

/** Views on DuckDB. */
final class DuckdbViewScenariosTest extends ViewScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
