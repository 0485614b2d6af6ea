package dev.rowkeep.internal.query;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StorageReader;
import dev.rowkeep.spi.StoreLayout;

/** What a query is asked of. Safe for use by several threads. */
public interface ImageSource {
    /** A query's results. */
    ImageScan scan(StoreLayout layout, QuerySpec query);

    /** How many live records a condition holds for. */
    long count(StoreLayout layout, Condition where);

    /** The records that {@code storage} holds. */
    static ImageSource of(StorageReader storage) {
        return new ImageSource() {
            @Override
            public ImageScan scan(StoreLayout layout, QuerySpec query) {
                return storage.scan(layout, query);
            }

            @Override
            public long count(StoreLayout layout, Condition where) {
                return storage.count(layout, where);
            }
        };
    }
}
