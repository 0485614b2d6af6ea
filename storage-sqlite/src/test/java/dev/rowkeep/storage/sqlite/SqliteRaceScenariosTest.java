package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RaceScenarios;
import java.nio.file.Path;

/** The engine's scenarios on SQLite. */
final class SqliteRaceScenariosTest extends RaceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
