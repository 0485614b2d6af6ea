package dev.rowkeep.spi;

import org.jspecify.annotations.Nullable;

/** A query's results as of one moment, read as they are consumed. Used by one thread; must be closed. */
public interface ImageScan extends AutoCloseable {
    /** The next result; null after the last. */
    @Nullable
    Image next();

    @Override
    void close();
}
