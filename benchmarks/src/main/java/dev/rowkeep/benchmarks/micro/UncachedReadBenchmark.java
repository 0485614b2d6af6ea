package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.KeepOptions;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

/** A point read from SQLite by a store without a cache, of a record that is there and of one that is not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UncachedReadBenchmark {
    private static final int RECORDS = 100_000;

    private final String[] keys = Products.keys(RECORDS);
    private final TemporaryProducts products = new TemporaryProducts(
            ProductSchema.PLAIN, RECORDS, KeepOptions.defaults().cachedRecords(0));

    /** A record that is there. */
    @Benchmark
    public Optional<VersionedRecord<String, Product>> present() {
        return products.products().store().get(keys[ThreadLocalRandom.current().nextInt(RECORDS)]);
    }

    /** A record that is not there. */
    @Benchmark
    public Optional<VersionedRecord<String, Product>> absent() {
        return products.products().store().get("no such product");
    }

    /** Closes the store and deletes its files. */
    @TearDown
    public void close() {
        products.close();
    }
}
