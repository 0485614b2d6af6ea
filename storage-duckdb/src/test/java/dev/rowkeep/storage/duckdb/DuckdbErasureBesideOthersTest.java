package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureBesideOthers;
import java.nio.file.Path;

/** Erasing beside others on DuckDB. */
final class DuckdbErasureBesideOthersTest extends ErasureBesideOthers {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
