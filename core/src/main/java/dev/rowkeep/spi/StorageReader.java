package dev.rowkeep.spi;

import dev.rowkeep.query.Condition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of records as they are: a {@link Storage} answers as of now, a {@link StorageSnapshot} as of one commit. */
public interface StorageReader {
    /** The image of a record, a tombstone included; null if the key was never used. */
    @Nullable
    Image read(StoreLayout layout, Object key);

    /** The images of those of {@code keys} that were ever used, in any order, all as of one moment. */
    List<Image> readAll(StoreLayout layout, Collection<Object> keys);

    /** A query's results. */
    ImageScan scan(StoreLayout layout, QuerySpec query);

    /** How many live records a condition holds for. */
    long count(StoreLayout layout, Condition where);
}
