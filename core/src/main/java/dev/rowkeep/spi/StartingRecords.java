package dev.rowkeep.spi;

import java.util.function.BiConsumer;

/** The records that a log begins with which lacks its first commits: more than fit into memory, so they are fed one by one. */
@FunctionalInterface
public interface StartingRecords {
    /** Gives each record, tombstones included, to {@code sink}, once. */
    void feedTo(BiConsumer<StoreLayout, Image> sink);
}
