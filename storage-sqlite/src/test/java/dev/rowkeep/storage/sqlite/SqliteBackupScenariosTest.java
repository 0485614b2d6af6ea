package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.BackupScenarios;
import java.nio.file.Path;

/** Backing up a store on SQLite. */
final class SqliteBackupScenariosTest extends BackupScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
