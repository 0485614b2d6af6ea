package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordVersion;
import java.io.IOException;
import java.nio.file.Path;
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
    private final Workspace workspace;
    private final KeepProducts products;

    /** An empty record. */
    public AsOfBenchmark() throws IOException {
        workspace = new Workspace(Path.of(System.getProperty("java.io.tmpdir")));
        products = KeepProducts.sqlite(workspace.directory("as-of"), ProductSchema.PLAIN, KeepOptions.defaults())
                .load(1);
    }

    /** Makes the versions. */
    @Setup
    public void deepen() {
        for (int i = 1; i < versions; i++) {
            products.store().update(key, product -> product.withQuantity(product.quantity() + 1));
        }
    }

    /** As of the first version. */
    @Benchmark
    public Optional<VersionedRecord<String, Product>> firstVersion() {
        return products.store().asOf(key, 1);
    }

    /** The newest versions. */
    @Benchmark
    public List<RecordVersion> recentVersions() {
        return products.store().history(key, RECENT);
    }

    /** Closes the store and deletes its files. */
    @TearDown
    public void close() throws IOException {
        products.close();
        workspace.close();
    }
}
