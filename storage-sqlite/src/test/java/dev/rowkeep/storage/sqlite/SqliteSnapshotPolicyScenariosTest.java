package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.SnapshotPolicyScenarios;
import java.nio.file.Path;

/** Snapshots made by a policy on SQLite. */
final class SqliteSnapshotPolicyScenariosTest extends SnapshotPolicyScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return SqliteStorage.at(where.resolve("store.db"));
    }
}
