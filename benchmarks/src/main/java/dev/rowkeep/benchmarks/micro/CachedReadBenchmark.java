package dev.rowkeep.benchmarks.micro;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.KeepOptions;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A point read that hits the cache, and a bare Caffeine read beside it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CachedReadBenchmark {
    private static final int RECORDS = 10_000;

    private final String[] keys = Products.keys(RECORDS);
    private final KeepProducts products = KeepProducts.in(
                    MemoryStorage.create(), ProductSchema.PLAIN, KeepOptions.defaults())
            .load(RECORDS);
    private final Cache<String, Product> cache =
            Caffeine.newBuilder().maximumSize(RECORDS).build();

    /** Fills both caches. */
    public CachedReadBenchmark() {
        for (String key : keys) {
            cache.put(key, products.store().get(key).orElseThrow().value());
        }
    }

    /** Ours. */
    @Benchmark
    public Optional<VersionedRecord<String, Product>> rowkeep() {
        return products.store().get(randomKey());
    }

    /** Theirs. */
    @Benchmark
    public @Nullable Product caffeine() {
        return cache.getIfPresent(randomKey());
    }

    private String randomKey() {
        return keys[ThreadLocalRandom.current().nextInt(keys.length)];
    }

    /** Closes the store. */
    @TearDown
    public void close() {
        products.close();
    }
}
