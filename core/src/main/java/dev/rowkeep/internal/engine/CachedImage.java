package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.Image;
import org.jspecify.annotations.Nullable;

/** What the cache keeps of a key: an image, and the record made of it as soon as somebody asks for that. */
sealed interface CachedImage<K, T> extends ImageCache.Entry permits StoredRecord, CachedImage.Unread {
    /** An image of which no record was made, or of which there is none. */
    record Unread<K, T>(@Nullable Image image, long stamp) implements CachedImage<K, T> {}
}
