package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** Retention in memory. */
final class MemoryRetentionScenariosTest extends RetentionScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return MemoryStorage.create();
    }
}
