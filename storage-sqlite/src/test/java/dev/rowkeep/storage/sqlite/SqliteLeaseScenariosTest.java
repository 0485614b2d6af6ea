package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.LeaseScenarios;
import java.nio.file.Path;

/** Leases, on SQLite. */
final class SqliteLeaseScenariosTest extends LeaseScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
