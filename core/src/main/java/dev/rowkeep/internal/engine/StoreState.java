package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One open store: its schema, its layout in the storage, its cache and its turns. */
final class StoreState<K, T> {
    private final Schema<K, T> schema;
    private final StoreLayout layout;
    private final UUID incarnation;
    private final long epoch;
    private final ImageCache<CachedRecord<K, T>> cache;
    private final Turns turns = new Turns();
    private final int[] uniqueOrdinals;
    private final boolean needsCaller;

    /** A cached image and the record made of it, once somebody asked for it. */
    static final class CachedRecord<K, T> implements ImageCache.Entry {
        private final @Nullable Image image;

        @SuppressWarnings("NullableOptional") // null is: not made yet
        private @Nullable Optional<VersionedRecord<K, T>> record;

        CachedRecord(@Nullable Image image) {
            this.image = image;
        }

        @Override
        public @Nullable Image image() {
            return image;
        }

        /** The record; kept as the optional that callers get. Threads may race to make it, any of the equal results will do. */
        @SuppressWarnings("NullableOptional")
        Optional<VersionedRecord<K, T>> record(StoreState<K, T> store) {
            Optional<VersionedRecord<K, T>> made = record;
            if (made == null) {
                made = image == null || !image.isLive() ? Optional.empty() : Optional.of(store.record(image));
                record = made;
            }
            return made;
        }
    }

    StoreState(Schema<K, T> schema, StoreLayout layout, UUID incarnation, long epoch, int cachedRecords) {
        this.schema = schema;
        this.layout = layout;
        this.incarnation = incarnation;
        this.epoch = epoch;
        this.cache = new ImageCache<>(cachedRecords);
        this.uniqueOrdinals = java.util.stream.IntStream.range(
                        0, schema.columns().size())
                .filter(i -> schema.columns().get(i).isUnique())
                .toArray();
        this.needsCaller = schema.needsCaller();
    }

    Schema<K, T> schema() {
        return schema;
    }

    StoreLayout layout() {
        return layout;
    }

    Turns turns() {
        return turns;
    }

    int[] uniqueOrdinals() {
        return uniqueOrdinals;
    }

    /** Whether updates of this store run an application's code or a pattern, and so are computed by their callers. */
    boolean needsCaller() {
        return needsCaller;
    }

    /** The cached entry of {@code key}, if there is one. */
    @Nullable
    CachedRecord<K, T> peek(Object key) {
        return cache.peek(key);
    }

    /** Loads an entry that is not cached. */
    CachedRecord<K, T> load(Object key, Function<Object, @Nullable Image> read) {
        return cache.load(key, k -> new CachedRecord<>(read.apply(k)));
    }

    void openWindow(Object key) {
        cache.openWindow(key);
    }

    void publish(Image newest) {
        cache.publish(newest.key(), new CachedRecord<>(newest));
    }

    void closeWindow(Collection<Object> keys) {
        cache.closeWindow(keys);
    }

    /** The record that a live image holds. */
    VersionedRecord<K, T> record(Image image) {
        return record(image, image.cells());
    }

    /** A record with an image's version and origin and with {@code cells} for content. */
    VersionedRecord<K, T> record(Image image, @Nullable Object[] cells) {
        K key = schema.key().type().fromCanonical(image.key());
        return new VersionedRecord<>(
                key,
                image.version(),
                schema.mapping().value(image.key(), cells),
                position(ChangeId.sequence(image.changeId())),
                image.author(),
                instant(image.timeMicros()));
    }

    Position position(long sequence) {
        return new Position(incarnation, 0, epoch, sequence);
    }

    /**
     * The canonical form of a key.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    Object canonicalKey(K key) {
        CellVerdict verdict = schema.judgeKey(key);
        if (verdict instanceof CellVerdict.Rejected rejected) {
            throw new IllegalArgumentException("Not a key of store " + schema.name() + ": " + rejected);
        }
        return java.util.Objects.requireNonNull(
                verdict instanceof CellVerdict.Coerced coerced
                        ? coerced.value()
                        : ((CellVerdict.Accepted) verdict).value());
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
