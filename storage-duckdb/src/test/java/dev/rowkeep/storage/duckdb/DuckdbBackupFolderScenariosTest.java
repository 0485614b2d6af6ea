package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.BackupFolderScenarios;
import java.nio.file.Path;

/** Folders of backups of a store on DuckDB. */
final class DuckdbBackupFolderScenariosTest extends BackupFolderScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
