package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RequestRaceScenarios;
import java.nio.file.Path;

/** Requests among others and over faults, on SQLite. */
final class SqliteRequestRaceScenariosTest extends RequestRaceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
