package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The stores that are installed. Safe for use by several threads. */
final class Catalog {
    private static final long UNREAD = -1;

    private volatile Map<Integer, StoreTable> installed = Map.of();

    /** How often a layout had been installed in the database when these were read. */
    private volatile long version = UNREAD;

    /** By store, the form of its layout that was asked for last; layouts are compared by identity because it is cheap. */
    private final Map<Integer, StoreTable> seen = new ConcurrentHashMap<>();

    /** Reads the layouts if any was installed since they were read, by whatever process. */
    synchronized void refresh(Session session) throws SQLException {
        long now = Format.layouts(session);
        if (now > version) {
            replace(LayoutRows.read(session));
            version = now;
        }
    }

    long version() {
        return version;
    }

    private void replace(Collection<StoreLayout> layouts) {
        Map<Integer, StoreTable> tables = new TreeMap<>();
        layouts.forEach(layout -> tables.put(layout.id(), new StoreTable(layout)));
        installed = tables;
        seen.clear();
    }

    /** Takes note of a layout that this process has installed, and so was counted. */
    synchronized void put(StoreLayout layout) {
        Map<Integer, StoreTable> tables = new TreeMap<>(installed);
        tables.put(layout.id(), new StoreTable(layout));
        installed = tables;
        seen.remove(layout.id());
        version++;
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
        StoreTable table = now.layout() == layout ? now : new StoreTable(layout, now.layout());
        seen.put(layout.id(), table);
        return table;
    }

    /**
     * The table of the store with a number, of which another process may just have written for the first time.
     *
     * @throws StorageException {@code PERMANENT} if no such store is installed
     */
    StoreTable table(Session session, int storeId) throws SQLException {
        if (!installed.containsKey(storeId)) {
            refresh(session);
        }
        return table(storeId);
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
