package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.HistoryModelScenarios;
import java.nio.file.Path;

/** Random histories on DuckDB. */
final class DuckdbHistoryModelScenariosTest extends HistoryModelScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
