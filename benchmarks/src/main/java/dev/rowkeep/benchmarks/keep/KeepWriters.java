package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;

/** Threads that update products in a RowKeep store. */
public final class KeepWriters implements Updating {
    private final String name;
    private final KeepProducts products;
    private final KeepWriting writing;
    private final KeyChoice keys;
    private final long earlierUpdates;

    /** Writers on {@code products}, which nobody has updated. */
    public KeepWriters(String name, KeepProducts products, KeepWriting writing, KeyChoice keys) {
        this(name, products, writing, keys, 0);
    }

    /** Writers on {@code products}, which have been updated before. */
    public KeepWriters(String name, KeepProducts products, KeepWriting writing, KeyChoice keys, long earlierUpdates) {
        this.name = name;
        this.products = products;
        this.writing = writing;
        this.keys = keys;
        this.earlierUpdates = earlierUpdates;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return products.settings();
    }

    @Override
    public Work worker(int thread) {
        return writing.on(products.store(), keys.forThread(thread));
    }

    @Override
    public void verify(long acknowledged) {
        products.verifyUpdates(earlierUpdates + acknowledged);
    }

    @Override
    public void close() {
        products.close();
    }
}
