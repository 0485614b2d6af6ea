package dev.rowkeep.memory;

import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A storage in memory: the reference for what every other storage must do, and a fast one for tests.
 *
 * <p>The content lives as long as this object, so it can be closed and opened again; it does not survive the process. Like any
 * other storage it is there only once it has been opened for writing. It is open at most once at a time. Safe for use by several
 * threads.
 */
public final class MemoryStorage implements StorageProvider {
    private @Nullable MemoryContent content;
    private boolean isOpen;

    private MemoryStorage() {}

    /** A new, empty storage. */
    public static MemoryStorage create() {
        return new MemoryStorage();
    }

    /**
     * Opens the storage.
     *
     * @throws StorageException {@code BUSY} if it is open; {@code PERMANENT} if it is opened for reading before it was ever opened
     *     for writing
     */
    @Override
    public Storage open(Access access) {
        return open(access, UUID.randomUUID());
    }

    @Override
    public Storage openAs(UUID incarnation) {
        return open(Access.READ_WRITE, incarnation);
    }

    private synchronized Storage open(Access access, UUID newIncarnation) {
        if (isOpen) {
            throw new StorageException(
                    StorageException.Kind.BUSY,
                    "This memory storage is open already. Close the other handle first, or share it.",
                    null);
        }
        if (content == null) {
            if (access == Access.READ_ONLY) {
                throw new StorageException(
                        StorageException.Kind.PERMANENT,
                        "This memory storage is not there yet. Open it with READ_WRITE first.",
                        null);
            }
            content = new MemoryContent(newIncarnation);
        }
        isOpen = true;
        return new OpenMemory(content, access, this::release);
    }

    private synchronized void release() {
        isOpen = false;
    }
}
