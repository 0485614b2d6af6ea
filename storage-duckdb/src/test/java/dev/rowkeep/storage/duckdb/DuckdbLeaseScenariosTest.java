package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.LeaseScenarios;
import java.nio.file.Path;

/** Leases, on DuckDB. */
final class DuckdbLeaseScenariosTest extends LeaseScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
