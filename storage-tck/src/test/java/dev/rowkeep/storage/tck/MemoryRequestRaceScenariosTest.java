package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** Requests among others and over faults, in memory. */
final class MemoryRequestRaceScenariosTest extends RequestRaceScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return MemoryStorage.create();
    }
}
