package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import java.util.function.Supplier;

/** Threads that read a RowKeep store. Closes nothing: several of them may read one store. */
public final class KeepReaders implements Contender {
    private final String name;
    private final KeepProducts products;
    private final KeepReading reading;
    private final KeyChoice keys;
    private final int readsPerCall;
    private volatile long lastRead;

    /**
     * Readers of {@code products}.
     *
     * @param readsPerCall how many reads are timed together
     */
    public KeepReaders(String name, KeepProducts products, KeepReading reading, KeyChoice keys, int readsPerCall) {
        this.name = name;
        this.products = products;
        this.reading = reading;
        this.keys = keys;
        this.readsPerCall = readsPerCall;
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
        Supplier<String> mine = keys.forThread(thread);
        return () -> {
            long sum = 0;
            for (int i = 0; i < readsPerCall; i++) {
                sum += reading.read(products.store(), mine.get());
            }
            lastRead = sum;
            return readsPerCall;
        };
    }

    /** What the last call read. */
    public long lastRead() {
        return lastRead;
    }

    @Override
    public void close() {}
}
