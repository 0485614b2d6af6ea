package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RestoreScenarios;
import java.nio.file.Path;

/** Restoring a store on DuckDB. */
final class DuckdbRestoreScenariosTest extends RestoreScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
