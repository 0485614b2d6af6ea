package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.LeaseRaceScenarios;
import java.nio.file.Path;

/** Leases, on SQLite. */
final class SqliteLeaseRaceScenariosTest extends LeaseRaceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
