package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.GroupScenarios;
import java.nio.file.Path;

/** Groups on SQLite. */
final class SqliteGroupScenariosTest extends GroupScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
