package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.RequestScenarios;
import java.nio.file.Path;

/** Requests that are sent several times, on SQLite. */
final class SqliteRequestScenariosTest extends RequestScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
