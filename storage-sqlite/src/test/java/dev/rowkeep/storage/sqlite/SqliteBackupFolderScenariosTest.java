package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.BackupFolderScenarios;
import java.nio.file.Path;

/** Folders of backups of a store on SQLite. */
final class SqliteBackupFolderScenariosTest extends BackupFolderScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
