package dev.rowkeep.benchmarks.harness;

/**
 * What one contender did in one round.
 *
 * @param operations how many operations were acknowledged
 * @param nanos from the start of the first to the acknowledgement of the last
 * @param cpuNanos the CPU time of the whole process meanwhile
 * @param latencies of the calls
 */
public record Sample(long operations, long nanos, long cpuNanos, Latencies latencies) {
    /** Operations a second. */
    public double operationsPerSecond() {
        return operations * 1e9 / nanos;
    }

    /** Nanoseconds an operation, of all threads together. */
    public double nanosPerOperation() {
        return (double) nanos / operations;
    }

    /** Microseconds of CPU an operation. */
    public double cpuMicrosPerOperation() {
        return cpuNanos / 1e3 / operations;
    }

    /** The time within which 99 of 100 calls were done, in milliseconds. */
    public double p99Millis() {
        return latencies.nanosAt(0.99) / 1e6;
    }

    /** The slowest call in milliseconds. */
    public double slowestMillis() {
        return latencies.slowestNanos() / 1e6;
    }
}
