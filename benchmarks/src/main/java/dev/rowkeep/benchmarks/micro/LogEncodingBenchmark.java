package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** What the log holds of an update, as bytes and back: the changed cell before and after, and all cells on every 16th version. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogEncodingBenchmark {
    private final LoggedUpdate update = LoggedUpdate.ofOneProduct();
    private final byte[] delta = update.delta();
    private final byte[] image = update.image();

    /** The changed cell. */
    @Benchmark
    public byte[] encodeDelta() {
        return update.delta();
    }

    /** The changed cell, back. */
    @Benchmark
    public List<CellDelta> decodeDelta() {
        return DeltaCodec.decode(update.layout(), delta);
    }

    /** All cells. */
    @Benchmark
    public byte[] encodeImage() {
        return update.image();
    }

    /** All cells, back. */
    @Benchmark
    public @Nullable Object[] decodeImage() {
        return DeltaCodec.decodeImage(update.layout(), image);
    }
}
