package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RequestRaceScenarios;
import java.nio.file.Path;

/** Requests among others and over faults, on DuckDB. */
final class DuckdbRequestRaceScenariosTest extends RequestRaceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
