package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.TransactionScenarios;
import java.nio.file.Path;

/** Transactions on DuckDB. */
final class DuckdbTransactionScenariosTest extends TransactionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
