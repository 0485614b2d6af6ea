package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.SnapshotScenarios;
import java.nio.file.Path;

/** Named snapshots on SQLite. */
final class SqliteSnapshotScenariosTest extends SnapshotScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
