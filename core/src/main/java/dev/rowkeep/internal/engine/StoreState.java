package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** One open store: its schema, its layout in the storage, its cache and its turns. */
final class StoreState<K, T> {
    private final Schema<K, T> schema;
    private final StoreLayout layout;
    private final LongFunction<Position> positions;
    private final ImageCache<CachedImage<K, T>> cache;
    private final Turns turns = new Turns();
    private final int[] uniqueOrdinals;
    private final boolean needsCaller;
    private volatile boolean isRetired;

    StoreState(
            Schema<K, T> schema,
            StoreLayout layout,
            LongFunction<Position> positions,
            int cachedRecords,
            @Nullable ChangeStamps stamps) {
        this.schema = schema;
        this.layout = layout;
        this.positions = positions;
        this.cache = new ImageCache<>(cachedRecords, new CachedImage.Unread<>(null, ChangeStamps.UNSETTLED), stamps);
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
        requireNotRetired();
        return layout;
    }

    /**
     * Ends the use of this state, because the storage gets a form of the store that it does not know. Records that were made of images are
     * the only ones that are given out unseen; there are none left.
     */
    void retire() {
        isRetired = true;
        cache.clear();
    }

    private void requireNotRetired() {
        if (isRetired) {
            throw new IllegalStateException("Store " + schema.name()
                    + " has other columns now than when this handle was opened: its primary's schema was changed. Open it again with"
                    + " keep.store(schema) and a schema that has them.");
        }
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

    /** What the cache has of {@code key}, if anything. */
    @Nullable
    CachedImage<K, T> peek(Object key) {
        return cache.peek(key);
    }

    /** Loads what is not cached. */
    CachedImage<K, T> load(Object key, Function<Object, @Nullable Image> read) {
        return cache.load(key, (k, stamp) -> new CachedImage.Unread<>(read.apply(k), stamp));
    }

    /** The record of a cached image, made and kept the first time; empty if there is no record. */
    Optional<VersionedRecord<K, T>> record(CachedImage<K, T> cached) {
        if (cached instanceof StoredRecord<K, T> record) {
            return Optional.of(record);
        }
        Image image = cached.image();
        if (image == null || !image.isLive()) {
            return Optional.empty();
        }
        StoredRecord<K, T> made = record(image, image.cells(), cached.stamp());
        cache.replace(image.key(), cached, made);
        return Optional.of(made);
    }

    void openWindow(Object key) {
        cache.openWindow(key);
    }

    void publish(Image newest) {
        cache.publish(newest.key(), stamp -> new CachedImage.Unread<>(newest, stamp));
    }

    void closeWindow(Collection<Object> keys) {
        cache.closeWindow(keys);
    }

    /** The record that a live image holds. */
    StoredRecord<K, T> record(Image image) {
        return record(image, image.cells());
    }

    /** A record with an image's version and origin and with {@code cells} for content. */
    StoredRecord<K, T> record(Image image, @Nullable Object[] cells) {
        return record(image, cells, ChangeStamps.UNSETTLED);
    }

    private StoredRecord<K, T> record(Image image, @Nullable Object[] cells, long stamp) {
        requireKey(image);
        requireNotRetired();
        return new StoredRecord<>(this, image, schema.mapping().value(image.key(), cells), stamp);
    }

    /** A damaged key must not be given out as one that a record can have. */
    private void requireKey(Image image) {
        if (schema.judgeKey(image.key()) instanceof CellVerdict.Rejected) {
            throw new StorageException(
                    StorageException.Kind.PERMANENT,
                    "Store " + schema.name()
                            + " holds a record under a key that no record can have: the storage is damaged."
                            + " Verify the log and restore a backup.",
                    null);
        }
    }

    Position position(long sequence) {
        return positions.apply(sequence);
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

    /**
     * Checks that an edit is of this store.
     *
     * @throws IllegalArgumentException if it is of another
     */
    void requireOwn(Edit<K, T> edit) {
        if (edit.schema() != schema) {
            throw new IllegalArgumentException("The edit is of store "
                    + edit.schema().name() + ", this is store " + schema.name()
                    + ". Make edits with the schema object that the store was opened with.");
        }
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
