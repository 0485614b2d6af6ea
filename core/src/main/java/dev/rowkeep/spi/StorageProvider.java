package dev.rowkeep.spi;

import java.util.Optional;
import java.util.UUID;

/** Where a storage is and how to open it: what an application gives to {@code RowKeep.open}. */
public interface StorageProvider {
    /**
     * Opens the storage, creating it if it is not there and {@code access} allows it.
     *
     * <p>Implementations must return only when everything they will answer is durable, must refuse a storage that another
     * process has open unless they can share it safely, and must leave nothing half-made behind when they fail.
     *
     * @throws StorageException if it cannot be opened, saying what to do
     */
    Storage open(Access access);

    /**
     * As {@link #open} for reading and writing; but a storage that is not there is created with {@code incarnation} for its log's identity,
     * instead of a new one. One that is there keeps the identity that it has. For the replicas of a log.
     *
     * @throws UnsupportedOperationException if the storage cannot be a replica, which is so unless an implementation says otherwise
     * @throws StorageException if it cannot be opened, saying what to do
     */
    default Storage openAs(UUID incarnation) {
        throw new UnsupportedOperationException(
                "This storage cannot be a replica: it does not take the identity of another log. Use one that can.");
    }

    /** Where a copy of such a storage can be restored to; empty if storages of this kind have no files. Nothing is opened or made yet. */
    default Optional<RestoreTarget> restoreTarget() {
        return Optional.empty();
    }

    /** What may be done with an open storage. */
    enum Access {
        /** Reading and writing. */
        READ_WRITE,
        /** Reading; a storage that is not there is an error. */
        READ_ONLY
    }
}
