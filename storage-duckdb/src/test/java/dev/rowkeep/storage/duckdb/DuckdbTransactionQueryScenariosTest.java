package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.TransactionQueryScenarios;
import java.nio.file.Path;

/** Queries within transactions on DuckDB. */
final class DuckdbTransactionQueryScenariosTest extends TransactionQueryScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
