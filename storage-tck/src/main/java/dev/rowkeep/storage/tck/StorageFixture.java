package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.StorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an adapter's author tells the kit: where its storages are and what they can do beside what they must.
 *
 * <p>The kit gives every test an empty directory of its own, opens, closes and reopens the storage by itself, and removes the
 * directory afterwards.
 */
public interface StorageFixture {
    /**
     * The storage that belongs in {@code directory}.
     *
     * <p>The kit asks again, with the same directory, to reopen a storage that calls itself durable; a volatile storage is
     * reopened from the provider that was given first, which must still have the content.
     */
    StorageProvider provider(Path directory);

    /** What becomes of a second open while the storage is open in this process. */
    default SecondOpen secondOpen() {
        return SecondOpen.REFUSED;
    }

    /**
     * A storage in {@code directory} that cannot be opened, such as a damaged file or one of a later version; the kit checks
     * that the attempt fails as it must and leaves every file as it was. Without one, that test shows as skipped.
     *
     * @throws IOException if it cannot be made
     */
    default Optional<StorageProvider> unopenable(Path directory) throws IOException {
        return Optional.empty();
    }

    /** What becomes of a second open. */
    enum SecondOpen {
        /** It fails as {@code BUSY}. */
        REFUSED,
        /** Both handles work on the same content. */
        SHARED
    }
}
