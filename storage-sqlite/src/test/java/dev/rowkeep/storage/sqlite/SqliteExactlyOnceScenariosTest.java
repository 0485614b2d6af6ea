package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ExactlyOnceScenarios;
import java.nio.file.Path;

/** Requests sent again and again over faults, on SQLite. */
final class SqliteExactlyOnceScenariosTest extends ExactlyOnceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
