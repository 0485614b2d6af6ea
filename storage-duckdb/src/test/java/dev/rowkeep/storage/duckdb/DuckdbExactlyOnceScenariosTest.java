package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ExactlyOnceScenarios;
import java.nio.file.Path;

/** Requests sent again and again over faults, on DuckDB. */
final class DuckdbExactlyOnceScenariosTest extends ExactlyOnceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
