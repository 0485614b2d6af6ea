package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
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

/** A page of 100 records of one category by price, from SQLite: the first, and one far behind it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueryPageBenchmark {
    private static final int RECORDS = 100_000;
    private static final int SIZE = 100;
    private static final int DEPTH = RECORDS / Products.CATEGORIES / 2;

    private final TemporaryProducts products = new TemporaryProducts(ProductSchema.INDEXED, RECORDS);
    private final RecordQuery<String, Product> query = products.products()
            .store()
            .where(Condition.eq(ProductSchema.CATEGORY, Products.category(0)))
            .orderBy(Order.ascending(ProductSchema.PRICE));
    private final Cursor deep = query.page(DEPTH).next().orElseThrow();

    /** The first page. */
    @Benchmark
    public Page<VersionedRecord<String, Product>> firstPage() {
        return query.page(SIZE);
    }

    /** A page in the middle of the category. */
    @Benchmark
    public Page<VersionedRecord<String, Product>> deepPage() {
        return query.page(SIZE, deep);
    }

    /** Closes the store and deletes its files. */
    @TearDown
    public void close() {
        products.close();
    }
}
