package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.KeepOptions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Closures on random records of the in-memory storage: what the way of a write costs without a disk. The store is made anew for
 * each iteration, because its log stays in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommitGateBenchmark {
    private static final int RECORDS = 10_000;

    private final String[] keys = Products.keys(RECORDS);
    private KeepProducts products = open();

    /** A new store. */
    @Setup(Level.Iteration)
    public void reopen() {
        products.close();
        products = open();
    }

    /** A writer alone, who pays no hand-off. */
    @Benchmark
    @Threads(1)
    public VersionedRecord<String, Product> oneWriter() {
        return addOne();
    }

    /** A few writers. */
    @Benchmark
    @Threads(8)
    public VersionedRecord<String, Product> eightWriters() {
        return addOne();
    }

    /** Many writers. */
    @Benchmark
    @Threads(64)
    public VersionedRecord<String, Product> sixtyFourWriters() {
        return addOne();
    }

    private VersionedRecord<String, Product> addOne() {
        String key = keys[ThreadLocalRandom.current().nextInt(keys.length)];
        return products.store().update(key, product -> product.withQuantity(product.quantity() + 1));
    }

    private static KeepProducts open() {
        return KeepProducts.in(MemoryStorage.create(), ProductSchema.PLAIN, KeepOptions.defaults())
                .load(RECORDS);
    }

    /** Closes the last store. */
    @TearDown
    public void close() {
        products.close();
    }
}
