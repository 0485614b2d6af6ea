package dev.rowkeep.internal.engine;

import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Point reads: from the cache, or from the storage into it. */
final class Reads implements TurnWriter.CommittedImages {
    private final Storage storage;
    private final Observer observer;
    private final Clock clock;

    Reads(Storage storage, Observer observer, Clock clock) {
        this.storage = storage;
        this.observer = observer;
        this.clock = clock;
    }

    <K, T> Optional<VersionedRecord<K, T>> get(StoreState<K, T> store, K key) {
        // A key that is its own canonical form and in the cache was judged when it came there.
        CachedImage<K, T> cached = peek(store, key);
        return store.record(cached == null ? load(store, store.canonicalKey(key)) : cached);
    }

    <K, T> Map<K, VersionedRecord<K, T>> getAll(StoreState<K, T> store, Collection<K> keys) {
        Map<Object, Image> found = new HashMap<>();
        List<Object> missing = new ArrayList<>();
        Map<K, Object> canonical = new LinkedHashMap<>();
        for (K key : keys) {
            Object form = store.canonicalKey(key);
            canonical.put(key, form);
            CachedImage<K, T> cached = store.peek(form);
            if (cached == null) {
                missing.add(form);
            } else if (cached.image() != null) {
                found.put(form, cached.image());
            }
        }
        int most = storage.capabilities().maxKeysPerRead();
        for (int from = 0; from < missing.size(); from += most) {
            List<Object> some = missing.subList(from, Math.min(missing.size(), from + most));
            for (Image image : storage.readAll(store.layout(), some)) {
                found.put(image.key(), image);
            }
        }
        Map<K, VersionedRecord<K, T>> records = new LinkedHashMap<>();
        canonical.forEach((key, form) -> {
            Image image = found.get(form);
            if (image != null && image.isLive()) {
                records.put(key, store.record(image));
            }
        });
        return records;
    }

    @Override
    public @Nullable Image read(StoreState<?, ?> store, Object key) {
        return entry(store, key).image();
    }

    private <K, T> CachedImage<K, T> entry(StoreState<K, T> store, Object key) {
        CachedImage<K, T> cached = peek(store, key);
        return cached == null ? load(store, key) : cached;
    }

    private <K, T> @Nullable CachedImage<K, T> peek(StoreState<K, T> store, Object key) {
        CachedImage<K, T> cached = store.peek(key);
        if (cached != null && observer.isListening()) {
            tellHit(store, cached);
        }
        return cached;
    }

    private <K, T> CachedImage<K, T> load(StoreState<K, T> store, Object key) {
        long started = System.nanoTime();
        Function<Object, @Nullable Image> read = k -> storage.read(store.layout(), k);
        CachedImage<K, T> loaded = store.load(key, read);
        observer.loaded(store.schema().name(), Duration.ofNanos(System.nanoTime() - started));
        return loaded;
    }

    private <K, T> void tellHit(StoreState<K, T> store, CachedImage<K, T> cached) {
        Image image = cached.image();
        long made = image == null ? StoreState.micros(clock.instant()) : image.timeMicros();
        observer.tell(new KeepEvent.CacheHit(
                store.schema().name(), Duration.between(StoreState.instant(made), clock.instant())));
    }
}
