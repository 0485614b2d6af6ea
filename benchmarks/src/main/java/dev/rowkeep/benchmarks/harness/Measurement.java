package dev.rowkeep.benchmarks.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one entrant did in all measured rounds.
 *
 * @param name the contender's name
 * @param settings the contender's settings
 * @param samples one a round
 */
public record Measurement(String name, String settings, List<Sample> samples) {
    /** Copies the samples. */
    public Measurement {
        samples = List.copyOf(samples);
    }

    /** Median and spread of something in every round. */
    public Spread spread(ToDoubleFunction<Sample> value) {
        return Spread.of(samples.stream().mapToDouble(value).boxed().toList());
    }
}
