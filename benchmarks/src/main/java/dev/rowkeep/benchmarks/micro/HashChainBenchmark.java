package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.internal.codec.HashChain;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** The next hash of the log's chain, by how many changes the commit has: one SHA-256 for each and one for the commit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashChainBenchmark {
    /** How many changes the commit has. */
    @Param({"1", "16", "1024"})
    private int changes;

    private final LoggedHeader header = LoggedUpdate.header();
    private List<LoggedChange> logged = List.of();
    private byte[] previous = HashChain.start();

    /** Makes the commit. */
    @Setup
    public void make() {
        logged = LoggedUpdate.ofOneProduct().changes(changes);
    }

    /** The hash after the one before. */
    @Benchmark
    public byte[] next() {
        previous = HashChain.next(previous, header, logged);
        return previous;
    }
}
