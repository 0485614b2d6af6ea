package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.UndoScenarios;
import java.nio.file.Path;

/** Undo and redo on DuckDB. */
final class DuckdbUndoScenariosTest extends UndoScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
