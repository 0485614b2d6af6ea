package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.TransactionLimitScenarios;
import java.nio.file.Path;

/** The limits of transactions on SQLite. */
final class SqliteTransactionLimitScenariosTest extends TransactionLimitScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
