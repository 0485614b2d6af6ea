package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RequestScenarios;
import java.nio.file.Path;

/** Requests that are sent several times, on DuckDB. */
final class DuckdbRequestScenariosTest extends RequestScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
