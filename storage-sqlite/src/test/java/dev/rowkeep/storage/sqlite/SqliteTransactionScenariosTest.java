package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.TransactionScenarios;
import java.nio.file.Path;

/** Transactions on SQLite. */
final class SqliteTransactionScenariosTest extends TransactionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
