package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.UndoScenarios;
import java.nio.file.Path;

/** Undo and redo on SQLite. */
final class SqliteUndoScenariosTest extends UndoScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
