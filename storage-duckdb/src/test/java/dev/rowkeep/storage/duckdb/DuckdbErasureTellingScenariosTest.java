package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureTellingScenarios;
import java.nio.file.Path;

/** What is told of erased values on DuckDB. */
final class DuckdbErasureTellingScenariosTest extends ErasureTellingScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
