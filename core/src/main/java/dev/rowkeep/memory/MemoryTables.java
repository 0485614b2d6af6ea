package dev.rowkeep.memory;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The tables of all stores, by the stores' numbers. Owned as {@link MemoryContent} says. */
final class MemoryTables {
    private final Map<Integer, MemoryTable> tables = new TreeMap<>();

    /**
     * The table of a store.
     *
     * @throws StorageException {@code PERMANENT} if there is none
     */
    MemoryTable of(StoreLayout layout) {
        return of(layout.id());
    }

    /**
     * The table of the store with a number.
     *
     * @throws StorageException {@code PERMANENT} if there is none
     */
    MemoryTable of(int storeId) {
        MemoryTable table = tables.get(storeId);
        if (table == null) {
            throw missing(storeId);
        }
        return table;
    }

    /** What is thrown where the store {@code storeId} is not there. */
    static StorageException missing(int storeId) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "Store number " + storeId + " is not in this storage. Install its layout first.",
                null);
    }

    /** Every table, in the order of the numbers. */
    Collection<MemoryTable> all() {
        return Collections.unmodifiableCollection(tables.values());
    }

    /** The table of {@code layout} as it will be once the layout is installed. */
    MemoryTable inForm(StoreLayout layout) {
        MemoryTable held = tables.get(layout.id());
        return held == null ? MemoryTable.empty(layout) : held.evolvedTo(layout);
    }

    void put(MemoryTable table) {
        tables.put(table.layout().id(), table);
    }
}
