package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.BackupScenarios;
import java.nio.file.Path;

/** Backing up a store on DuckDB. */
final class DuckdbBackupScenariosTest extends BackupScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
