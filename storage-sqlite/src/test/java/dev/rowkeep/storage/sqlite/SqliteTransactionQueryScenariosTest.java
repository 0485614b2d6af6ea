package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.TransactionQueryScenarios;
import java.nio.file.Path;

/** Queries within transactions on SQLite. */
final class SqliteTransactionQueryScenariosTest extends TransactionQueryScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
