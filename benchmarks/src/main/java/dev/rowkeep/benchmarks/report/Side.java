package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.Spread;
import org.jspecify.annotations.Nullable;

/**
 * One side of a figure.
 *
 * @param name the contender's name
 * @param value what is compared
 * @param timing what else the same rounds showed; null where nothing was timed
 */
public record Side(String name, Spread value, @Nullable Timing timing) {
    /**
     * What rounds show beside the value compared.
     *
     * @param cpuMicros CPU time an operation
     * @param p99Millis of single calls
     * @param slowestMillis of single calls
     */
    public record Timing(Spread cpuMicros, Spread p99Millis, Spread slowestMillis) {}

    /** The side of {@code measurement} in a figure about {@code metric}. */
    public static Side of(Measurement measurement, Metric metric) {
        return new Side(
                measurement.name(),
                measurement.spread(metric::of),
                new Timing(
                        measurement.spread(Metric.CPU::of),
                        measurement.spread(Metric.P99::of),
                        measurement.spread(Metric.SLOWEST::of)));
    }
}
