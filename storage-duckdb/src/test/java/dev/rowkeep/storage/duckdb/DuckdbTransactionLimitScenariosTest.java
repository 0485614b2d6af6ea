package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.TransactionLimitScenarios;
import java.nio.file.Path;

/** The limits of transactions on DuckDB. */
final class DuckdbTransactionLimitScenariosTest extends TransactionLimitScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
