package dev.rowkeep.benchmarks.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import java.util.Objects;
import java.util.function.Supplier;

/** Threads that read products from a Caffeine cache with nothing around it. */
public final class CaffeineReaders implements Contender {
    private final Cache<String, Product> cache;
    private final KeyChoice keys;
    private final int readsPerCall;
    private volatile long lastRead;

    /**
     * Readers of a cache that holds the products 0 to {@code count - 1}.
     *
     * @param readsPerCall how many reads are timed together
     */
    public CaffeineReaders(int count, KeyChoice keys, int readsPerCall) {
        this.cache = Caffeine.newBuilder().maximumSize(count).build();
        for (int i = 0; i < count; i++) {
            Product product = Products.product(i);
            cache.put(product.sku(), product);
        }
        this.keys = keys;
        this.readsPerCall = readsPerCall;
    }

    @Override
    public String name() {
        return "caffeine";
    }

    @Override
    public String settings() {
        return "getIfPresent on a cache with a maximum size";
    }

    @Override
    public Work worker(int thread) {
        Supplier<String> mine = keys.forThread(thread);
        return () -> {
            long sum = 0;
            for (int i = 0; i < readsPerCall; i++) {
                sum += Objects.requireNonNull(cache.getIfPresent(mine.get())).quantity();
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
