package dev.rowkeep.spi;

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

    /** What may be done with an open storage. */
    enum Access {
        /** Reading and writing. */
        READ_WRITE,
        /** Reading; a storage that is not there is an error. */
        READ_ONLY
    }
}
