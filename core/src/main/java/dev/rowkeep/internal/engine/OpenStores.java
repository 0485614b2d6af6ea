package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StoreLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The stores of a storage: the layouts that are installed, and the states of those that are open. Safe for use by several threads. */
final class OpenStores {
    /** How often a layout is fitted anew because other processes install theirs. */
    private static final int MAX_INSTALLS = 20;

    private final Storage storage;
    private final StorageProvider.Access access;
    private final int cachedRecords;
    private final LongFunction<Position> positions;
    private final Consumer<Runnable> exclusively;
    /** Whether other processes may have the storage open. */
    private final boolean isShared;

    private final Map<String, StoreState<?, ?>> stores = new HashMap<>();
    private final Map<Integer, StoreLayout> layouts = new ConcurrentHashMap<>();

    /**
     * The stores of {@code storage}, whose layouts are read now.
     *
     * @param cachedRecords how many records of each are kept in memory at most
     * @param exclusively runs what no commit may run beside
     */
    OpenStores(
            Storage storage,
            StorageProvider.Access access,
            int cachedRecords,
            LongFunction<Position> positions,
            Consumer<Runnable> exclusively) {
        this.storage = storage;
        this.access = access;
        this.cachedRecords = cachedRecords;
        this.positions = positions;
        this.exclusively = exclusively;
        this.isShared = storage.capabilities().sharing() == Capabilities.Sharing.SEVERAL_PROCESSES;
        refreshLayouts();
    }

    /** The state of the store of {@code schema}, which is opened if need be. */
    @SuppressWarnings("unchecked")
    synchronized <K, T> StoreState<K, T> state(Schema<K, T> schema) {
        OwnStores.requireOther(schema);
        StoreState<?, ?> open = stores.get(schema.name());
        if (open == null) {
            open = open(schema);
            stores.put(schema.name(), open);
        }
        if (open.schema() != schema) {
            throw new IllegalArgumentException("Store " + schema.name()
                    + " is open with another schema object. Keep the schema in one constant and use that everywhere.");
        }
        return (StoreState<K, T>) open;
    }

    /** The state of a store of the library's own, if it was ever made: reading makes none. */
    synchronized <K, T> Optional<StoreState<K, T>> ifThere(Schema<K, T> schema) {
        if (isShared && !stores.containsKey(schema.name())) {
            refreshLayouts();
        }
        boolean isThere =
                layouts.values().stream().anyMatch(layout -> layout.name().equals(schema.name()));
        return isThere ? Optional.of(state(schema)) : Optional.empty();
    }

    /** The layouts of all stores as they are now. Not while a store is opened, which would take them for known. */
    synchronized List<StoreLayout> layouts() {
        refreshLayouts();
        return List.copyOf(new TreeMap<>(layouts).values());
    }

    /**
     * The state of a store that the application has opened.
     *
     * @throws IllegalStateException if it has not
     */
    synchronized StoreState<?, ?> opened(int storeId) {
        String name = layout(storeId).name();
        StoreState<?, ?> open = stores.get(name);
        if (open == null) {
            throw new IllegalStateException("The commit changed store " + name
                    + ", which is not open. Call keep.store(schema) with its schema first.");
        }
        return open;
    }

    private <K, T> StoreState<K, T> open(Schema<K, T> schema) {
        StoreLayout fitted = fitted(schema);
        @Nullable ChangeStamps stamps = storage.stamps(fitted).orElse(null);
        return new StoreState<>(schema, fitted, positions, cachedRecords, stamps);
    }

    /** The installed layout of {@code schema}; decided anew if another process has installed one meanwhile. */
    private StoreLayout fitted(Schema<?, ?> schema) {
        for (int attempt = 1; ; attempt++) {
            if (isShared) {
                refreshLayouts();
            }
            try {
                return fit(schema);
            } catch (StorageException e) {
                if (e.kind() != StorageException.Kind.STALE || attempt == MAX_INSTALLS) {
                    throw e;
                }
            }
        }
    }

    private StoreLayout fit(Schema<?, ?> schema) {
        Optional<StoreLayout> present = layoutOf(schema);
        int newId = layouts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        StoreLayout fitted = Layouts.fit(schema, present, newId);
        if (!present.equals(Optional.of(fitted))) {
            if (access == StorageProvider.Access.READ_ONLY) {
                if (present.isPresent() && present.get().columns().equals(fitted.columns())) {
                    return present.get(); // For reading, it need not have the schema's indexes.
                }
                throw new IllegalStateException(
                        "Store " + schema.name() + " is not there, or has fewer columns than the"
                                + " schema, and the storage is open for reading only. Open it for writing once.");
            }
            exclusively.accept(() -> install(fitted));
            layouts.put(fitted.id(), fitted);
        }
        return fitted;
    }

    /** The installed layout of a store, if it is there. */
    Optional<StoreLayout> installed(int storeId) {
        return Optional.ofNullable(layouts.get(storeId));
    }

    /** Installs a layout of a followed log. A handle that reads the store in an older form is of no use any more. */
    synchronized void take(StoreLayout layout) {
        StoreState<?, ?> open = stores.get(layout.name());
        if (open != null && !open.layout().columns().equals(layout.columns())) {
            open.retire();
            stores.remove(layout.name());
        }
        install(layout);
        layouts.put(layout.id(), layout);
    }

    /** The state of a store that is open; null if none is. */
    synchronized @Nullable StoreState<?, ?> openOrNull(StoreLayout layout) {
        return stores.get(layout.name());
    }

    /** Installs a layout; where nobody knows whether that worked, looks. */
    private void install(StoreLayout layout) {
        try {
            storage.install(layout);
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.UNKNOWN_OUTCOME) {
                throw e;
            }
            storage.recover();
            if (!storage.layouts().contains(layout)) {
                throw new StorageException(
                        StorageException.Kind.ROLLED_BACK,
                        "The storage failed while making store " + layout.name()
                                + " and was opened anew: nothing of it is there. It is safe to try again.",
                        e);
            }
        }
    }

    /** Reads what is installed, by whoever. */
    void refreshLayouts() {
        storage.layouts().forEach(layout -> layouts.put(layout.id(), layout));
    }

    /** The installed layout of a schema's store, if it is there. */
    Optional<StoreLayout> layoutOf(Schema<?, ?> schema) {
        return layouts.values().stream()
                .filter(layout -> layout.name().equalsIgnoreCase(schema.name()))
                .findFirst();
    }

    /** The installed layout of a store that the log names. */
    StoreLayout layout(int storeId) {
        if (isShared && !layouts.containsKey(storeId)) {
            refreshLayouts();
        }
        StoreLayout layout = layouts.get(storeId);
        if (layout == null) {
            throw new IllegalStateException("The log names a store " + storeId + " that the storage does not have");
        }
        return layout;
    }
}
