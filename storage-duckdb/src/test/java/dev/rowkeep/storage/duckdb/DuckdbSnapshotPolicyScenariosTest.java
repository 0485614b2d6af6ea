package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.SnapshotPolicyScenarios;
import java.nio.file.Path;

/** Snapshots made by a policy on DuckDB. */
final class DuckdbSnapshotPolicyScenariosTest extends SnapshotPolicyScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
