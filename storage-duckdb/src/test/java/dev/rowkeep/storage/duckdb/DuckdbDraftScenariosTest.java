package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.DraftScenarios;
import java.nio.file.Path;

/** Drafts on DuckDB. */
final class DuckdbDraftScenariosTest extends DraftScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
