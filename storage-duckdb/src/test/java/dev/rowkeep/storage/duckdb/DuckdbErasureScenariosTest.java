package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureScenarios;
import java.nio.file.Path;

/** Erasing from a journal and the database beside it. */
final class DuckdbErasureScenariosTest extends ErasureScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
