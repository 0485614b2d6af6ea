package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;

/** Erasing beside others in memory. */
final class MemoryErasureBesideOthersTest extends ErasureBesideOthers {
    @Override
    protected StorageProvider provider(Path where) {
        return MemoryStorage.create();
    }
}
