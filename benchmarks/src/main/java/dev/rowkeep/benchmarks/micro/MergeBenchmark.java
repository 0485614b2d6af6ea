package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.KeepOptions;
import java.math.BigDecimal;
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

/** A three-way merge of an edit with what another writer changed since, as a preview: judged and merged, not written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MergeBenchmark {
    private final KeepProducts products = KeepProducts.in(
                    MemoryStorage.create(), ProductSchema.PLAIN, KeepOptions.defaults())
            .load(1);
    private final Edit<String, Product> disjoint;
    private final Edit<String, Product> conflicting;

    /** Lets another writer change the quantity after both edits were begun. */
    public MergeBenchmark() {
        String key = Products.keys(1)[0];
        VersionedRecord<String, Product> read = products.store().get(key).orElseThrow();
        products.store().update(key, product -> product.withQuantity(7));
        disjoint = Edit.update(ProductSchema.PLAIN, key)
                .set(ProductSchema.PRICE, new BigDecimal("1.25"))
                .basedOn(read);
        conflicting = Edit.update(ProductSchema.PLAIN, key)
                .set(ProductSchema.QUANTITY, 8L)
                .basedOn(read);
    }

    /** The two changed different cells. */
    @Benchmark
    public Preview<String, Product> disjointCells() {
        return products.store().preview(disjoint);
    }

    /** The two changed one cell, whose rule is to reject. */
    @Benchmark
    public Preview<String, Product> sameCell() {
        return products.store().preview(conflicting);
    }

    /** Closes the store. */
    @TearDown
    public void close() {
        products.close();
    }
}
