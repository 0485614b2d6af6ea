package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** Requests sent again and again over faults, in memory. */
final class MemoryExactlyOnceScenariosTest extends ExactlyOnceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return MemoryStorage.create();
    }
}
