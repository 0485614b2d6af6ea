package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import java.util.UUID;

/** Storages whose log does not begin: when all records were given, the storage fails. */
final class FaultyBeginning implements StorageProvider {
    private final StorageProvider provider;

    FaultyBeginning(StorageProvider provider) {
        this.provider = provider;
    }

    @Override
    public Storage open(Access access) {
        return faulty(provider.open(access));
    }

    @Override
    public Storage openAs(UUID incarnation) {
        return faulty(provider.openAs(incarnation));
    }

    private static Storage faulty(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void begin(Head start, StartingRecords records) {
                super.begin(start, sink -> {
                    records.feedTo(sink);
                    throw new StorageException(StorageException.Kind.ROLLED_BACK, "The disk is full", null);
                });
            }
        };
    }
}
