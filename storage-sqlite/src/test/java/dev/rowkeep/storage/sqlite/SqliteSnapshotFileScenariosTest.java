package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.SnapshotFileScenarios;
import java.nio.file.Path;

/** The files of snapshots on SQLite. */
final class SqliteSnapshotFileScenariosTest extends SnapshotFileScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
