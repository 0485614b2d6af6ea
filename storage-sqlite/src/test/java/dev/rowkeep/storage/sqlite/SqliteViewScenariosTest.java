package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ViewScenarios;
import java.nio.file.Path;

/** Views on SQLite. */
final class SqliteViewScenariosTest extends ViewScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
