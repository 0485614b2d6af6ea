package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** Jobs that leave people alone, in memory. */
final class MemoryGuardScenariosTest extends GuardScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return MemoryStorage.create();
    }
}
