package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Sample;
import java.util.function.ToDoubleFunction;

/** What of a sample a figure compares. */
public enum Metric {
    /** The rate of all threads together. */
    RATE("ops/s", Sample::operationsPerSecond),
    /** The time of one operation. */
    TIME("ns/op", Sample::nanosPerOperation),
    /** The CPU time of one operation. */
    CPU("cpu-us/op", Sample::cpuMicrosPerOperation),
    /** The time within which 99 of 100 calls are done. */
    P99("ms p99", Sample::p99Millis),
    /** The slowest single call of a round. */
    SLOWEST("ms slowest", Sample::slowestMillis);

    private final String unit;
    private final ToDoubleFunction<Sample> value;

    Metric(String unit, ToDoubleFunction<Sample> value) {
        this.unit = unit;
        this.value = value;
    }

    /** The unit as reports name it. */
    public String unit() {
        return unit;
    }

    ToDoubleFunction<Sample> value() {
        return value;
    }
}
