package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.AuditScenarios;
import java.nio.file.Path;

/** Filtered reads of the log on DuckDB. */
final class DuckdbAuditScenariosTest extends AuditScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
