package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import java.time.Instant;
import java.util.Objects;

/**
 * A record made of an image. It is what the cache keeps and what callers get, in one object: each object less between a key and its
 * value is a cache line less to wait for.
 */
final class StoredRecord<K, T> implements CachedImage<K, T>, VersionedRecord<K, T> {
    private final StoreState<K, T> store;
    private final Image image;
    private final T value;
    private final long stamp;

    StoredRecord(StoreState<K, T> store, Image image, T value, long stamp) {
        this.store = store;
        this.image = image;
        this.value = value;
        this.stamp = stamp;
    }

    @Override
    public long stamp() {
        return stamp;
    }

    @Override
    public Image image() {
        return image;
    }

    @Override
    public K key() {
        return store.schema().key().type().fromCanonical(image.key());
    }

    @Override
    public long version() {
        return image.version();
    }

    @Override
    public T value() {
        return value;
    }

    @Override
    public Position position() {
        return store.position(ChangeId.sequence(image.changeId()));
    }

    @Override
    public Author author() {
        return image.author();
    }

    @Override
    public Instant time() {
        return StoreState.instant(image.timeMicros());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionedRecord<?, ?> record
                && version() == record.version()
                && key().equals(record.key())
                && value.equals(record.value())
                && position().equals(record.position())
                && author().equals(record.author())
                && time().equals(record.time());
    }

    @Override
    public int hashCode() {
        return Objects.hash(key(), version(), value, position(), author(), time());
    }

    /** Without the value: logs must not have cell values in them. */
    @Override
    public String toString() {
        return store.schema().name() + "/" + key() + " version " + version() + " at " + position() + " by " + author();
    }
}
