package dev.rowkeep.benchmarks.harness;

import java.util.List;

/**
 * What a race gave.
 *
 * @param measurements of each entrant, in the order in which they were added
 * @param verdicts on those that make updates
 * @param syncsPerSecond the disk's fdatasync rate between the rounds
 */
public record RaceResult(List<Measurement> measurements, List<Verdict> verdicts, Spread syncsPerSecond) {
    /** Copies the lists. */
    public RaceResult {
        measurements = List.copyOf(measurements);
        verdicts = List.copyOf(verdicts);
    }

    /** The measurement of the entrant {@code index}. */
    public Measurement of(int index) {
        return measurements.get(index);
    }
}
