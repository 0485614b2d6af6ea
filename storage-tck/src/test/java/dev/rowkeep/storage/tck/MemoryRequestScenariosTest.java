package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** Requests that are sent several times, in memory. */
final class MemoryRequestScenariosTest extends RequestScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return MemoryStorage.create();
    }
}
