package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.AuditExportScenarios;
import java.nio.file.Path;

/** Audit files on DuckDB. */
final class DuckdbAuditExportScenariosTest extends AuditExportScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
