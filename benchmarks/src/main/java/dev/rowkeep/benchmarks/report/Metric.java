package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Sample;

/** What of a sample a figure compares. */
public enum Metric {
    /** The rate of all threads together. */
    RATE("ops/s"),
    /** The time of one operation. */
    TIME("ns/op"),
    /** The CPU time of one operation. */
    CPU("cpu-us/op"),
    /** The time within which 99 of 100 calls are done. */
    P99("ms p99"),
    /** The slowest single call of a round. */
    SLOWEST("ms slowest");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    /** The unit as reports name it. */
    public String unit() {
        return unit;
    }

    double of(Sample sample) {
        return switch (this) {
            case RATE -> sample.operationsPerSecond();
            case TIME -> sample.nanosPerOperation();
            case CPU -> sample.cpuMicrosPerOperation();
            case P99 -> sample.p99Millis();
            case SLOWEST -> sample.slowestMillis();
        };
    }
}
