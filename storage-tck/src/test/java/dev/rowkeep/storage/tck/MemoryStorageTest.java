package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** The reference storage passes the kit. */
final class MemoryStorageTest extends StorageContract {
    @Override
    public StorageProvider provider(Path directory) {
        return MemoryStorage.create();
    }
}
