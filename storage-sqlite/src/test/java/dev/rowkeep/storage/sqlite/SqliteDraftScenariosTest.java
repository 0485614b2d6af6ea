package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.DraftScenarios;
import java.nio.file.Path;

/** Drafts on SQLite. */
final class SqliteDraftScenariosTest extends DraftScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
