package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.PromotionScenarios;
import java.nio.file.Path;

/** Promoted replicas on DuckDB. */
final class DuckdbPromotionScenariosTest extends PromotionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return DuckdbStorage.at(where.resolve("store.duckdb"));
    }
}
