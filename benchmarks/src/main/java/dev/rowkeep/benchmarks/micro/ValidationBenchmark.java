package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.schema.Coercion;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Parsed;
import dev.rowkeep.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging a whole raw row: one with values of the right types, and one of texts as they come from a CSV file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValidationBenchmark {
    private final Schema<String, Product> lenient = lenient();
    private final Map<String, Object> typed = Map.of(
            "sku",
            "P-00000001",
            "name",
            "Product number 1",
            "category",
            "category-7",
            "price",
            new BigDecimal("129.90"),
            "quantity",
            12L,
            "active",
            true,
            "introduced",
            LocalDate.of(2021, 3, 14),
            "counted",
            Instant.parse("2024-05-06T07:08:09Z"),
            "weight",
            1.25);
    private final Map<String, Object> texts = Map.of(
            "sku", "P-00000001",
            "name", "Product number 1",
            "category", "category-7",
            "price", "129.90",
            "quantity", "12",
            "active", "true",
            "introduced", "2021-03-14",
            "counted", "2024-05-06T07:08:09Z",
            "weight", "1.25");

    /** Nothing to coerce. */
    @Benchmark
    public Parsed<Product> typedValues() {
        return ProductSchema.PLAIN.parse(typed);
    }

    /** Everything to coerce. */
    @Benchmark
    public Parsed<Product> textValues() {
        return lenient.parse(texts);
    }

    private static Schema<String, Product> lenient() {
        Schema<String, Product> schema = ProductSchema.PLAIN;
        for (Column<?> column : ProductSchema.PLAIN.columns()) {
            schema = schema.with(column.coercion(Coercion.LENIENT));
        }
        return schema;
    }
}
