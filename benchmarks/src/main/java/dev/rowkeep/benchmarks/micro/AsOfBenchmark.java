package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A record as of its first version, and its newest versions, from SQLite, by how many versions it has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AsOfBenchmark {
    private static final int RECENT = 100;

    /** How many versions the record has. */
    @Param({"100", "1000", "10000"})
    private int versions;

    private final String key = Products.keys(1)[0];
    private final TemporaryProducts products = new TemporaryProducts(ProductSchema.PLAIN, 1);
    private final RecordStore<String, Product> store = products.products().store();

    /** Makes the versions. */
    @Setup
    public void deepen() {
        for (int i = 1; i < versions; i++) {
            store.update(key, product -> product.withQuantity(product.quantity() + 1));
        }
    }

    /** As of the first version. */
    @Benchmark
    public Optional<VersionedRecord<String, Product>> firstVersion() {
        return store.asOf(key, 1);
    }

    /** The newest versions. */
    @Benchmark
    public List<RecordVersion> recentVersions() {
        return store.history(key, RECENT);
    }

    /** Closes the store and deletes its files. */
    @TearDown
    public void close() {
        products.close();
    }
}
