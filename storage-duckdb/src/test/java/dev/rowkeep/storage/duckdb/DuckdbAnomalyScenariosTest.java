package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.AnomalyScenarios;
import java.nio.file.Path;

/** What transactions must not let happen, on DuckDB. */
final class DuckdbAnomalyScenariosTest extends AnomalyScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
