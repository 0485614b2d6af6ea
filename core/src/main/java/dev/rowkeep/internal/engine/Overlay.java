package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a batch has made of the storage's state so far: the newest image of each record it touched, and who holds which unique
 * value. Belongs to one run of the arbiter.
 */
final class Overlay {
    /** A record's or unique value's address. */
    private record RecordKey(int storeId, Object key) {}

    private record UniqueKey(int storeId, int ordinal, Object value) {}

    /** Nobody holds the value any more. */
    private static final Object FREED = new Object();

    /** A record that the batch has changed. */
    static final class Touched {
        private final StoreState<?, ?> store;
        private final @Nullable Image before;
        private final BitSet changed = new BitSet();
        private final List<Image> versions = new ArrayList<>(1);

        private Touched(StoreState<?, ?> store, @Nullable Image before) {
            this.store = store;
            this.before = before;
        }

        /** The record before the batch; null if the key was never used. */
        @Nullable
        Image before() {
            return before;
        }

        /** The record as the batch has made it. */
        Image newest() {
            return versions.get(versions.size() - 1);
        }
    }

    private final CommitView view;
    private final Knowledge knowledge;
    private final Map<RecordKey, Touched> records = new LinkedHashMap<>();
    private final Map<UniqueKey, Object> owners = new HashMap<>();

    /** Whether images that the cache holds may stand for the storage's. */
    enum Knowledge {
        /** They may; a storage that holds something else fails the plan as stale. */
        TRUST_CACHE,
        /** Ask the storage. */
        ASK_STORAGE
    }

    Overlay(CommitView view, Knowledge knowledge) {
        this.view = view;
        this.knowledge = knowledge;
    }

    /** The record's image as the batch has made it; null if the key was never used. */
    @Nullable
    Image image(StoreState<?, ?> store, Object key) {
        Touched touched = records.get(new RecordKey(store.layout().id(), key));
        return touched == null ? committed(store, key) : touched.newest();
    }

    private @Nullable Image committed(StoreState<?, ?> store, Object key) {
        if (knowledge == Knowledge.TRUST_CACHE) {
            ImageCache.Entry known = store.peek(key);
            if (known != null) {
                return known.image();
            }
        }
        return view.image(store.layout(), key);
    }

    /** Takes note that the record became {@code after}. */
    void put(StoreState<?, ?> store, @Nullable Image before, Image after, BitSet changed) {
        RecordKey address = new RecordKey(store.layout().id(), after.key());
        Touched touched = records.get(address);
        if (touched == null) {
            touched = new Touched(store, before);
            records.put(address, touched);
        }
        touched.versions.add(after);
        touched.changed.or(changed);
    }

    /** Takes note that nobody holds {@code value} any more. */
    void free(StoreState<?, ?> store, int ordinal, Object value) {
        owners.put(new UniqueKey(store.layout().id(), ordinal, value), FREED);
    }

    /** Takes note that {@code key} holds {@code value}. */
    void own(StoreState<?, ?> store, int ordinal, Object value, Object key) {
        owners.put(new UniqueKey(store.layout().id(), ordinal, value), key);
    }

    /** Who holds {@code value}; null if nobody does. */
    @Nullable
    Object owner(StoreState<?, ?> store, int ordinal, Object value) {
        Object noted = owners.get(new UniqueKey(store.layout().id(), ordinal, value));
        if (noted != null) {
            return noted == FREED ? null : noted;
        }
        return view.owner(store.layout(), ordinal, value);
    }

    /** One step per record that the batch touched, whatever the number of versions. */
    List<RowWrite> writes() {
        List<RowWrite> writes = new ArrayList<>(records.size());
        for (Touched touched : records.values()) {
            writes.add(new RowWrite(touched.store.layout(), touched.before, touched.versions, touched.changed));
        }
        return writes;
    }

    /** Shows every touched record's newest image. */
    void forEachNewest(NewestImage action) {
        for (Touched touched : records.values()) {
            action.take(touched.store, touched.newest());
        }
    }

    /** Shows every record of one store that the batch has changed so far. */
    void forEachTouched(StoreLayout layout, Consumer<Touched> action) {
        for (Touched touched : records.values()) {
            if (touched.store.layout().id() == layout.id()) {
                action.accept(touched);
            }
        }
    }

    /** Takes a touched record's newest image. */
    @FunctionalInterface
    interface NewestImage {
        /** Takes the image. */
        void take(StoreState<?, ?> store, Image newest);
    }
}
