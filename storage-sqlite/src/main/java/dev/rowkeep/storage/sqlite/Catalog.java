package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The stores that are installed. Safe for use by several threads. */
final class Catalog {
    private volatile Map<Integer, StoreTable> installed = Map.of();

    /** By store, the form of its layout that was asked for last; layouts are compared by identity because it is cheap. */
    private final Map<Integer, StoreTable> seen = new ConcurrentHashMap<>();

    void replace(Collection<StoreLayout> layouts) {
        Map<Integer, StoreTable> tables = new TreeMap<>();
        layouts.forEach(layout -> tables.put(layout.id(), new StoreTable(layout)));
        installed = tables;
        seen.clear();
    }

    void put(StoreLayout layout) {
        Map<Integer, StoreTable> tables = new TreeMap<>(installed);
        tables.put(layout.id(), new StoreTable(layout));
        installed = tables;
        seen.remove(layout.id());
    }

    List<StoreLayout> layouts() {
        return installed.values().stream().map(StoreTable::layout).toList();
    }

    @Nullable
    StoreLayout layout(int storeId) {
        StoreTable table = installed.get(storeId);
        return table == null ? null : table.layout();
    }

    /**
     * The table for {@code layout}, which may be an older form of the one that is installed.
     *
     * @throws StorageException {@code PERMANENT} if no such store is installed
     */
    @SuppressWarnings("ReferenceEquality") // An equal layout that is another object only costs a new table.
    StoreTable table(StoreLayout layout) {
        StoreTable last = seen.get(layout.id());
        if (last != null && last.layout() == layout) {
            return last;
        }
        StoreTable now = table(layout.id());
        StoreTable table = now.layout() == layout ? now : new StoreTable(layout);
        seen.put(layout.id(), table);
        return table;
    }

    /**
     * The table of the store with a number.
     *
     * @throws StorageException {@code PERMANENT} if no such store is installed
     */
    StoreTable table(int storeId) {
        StoreTable table = installed.get(storeId);
        if (table == null) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Store number " + storeId + " is not in this storage. Install its layout first.",
                    null);
        }
        return table;
    }
}
