package dev.rowkeep.benchmarks.harness;

import java.util.List;

/**
 * The median of several values, and how far they lie apart.
 *
 * @param median of an even number of values, the mean of the middle two
 * @param least the smallest
 * @param most the largest
 */
public record Spread(double median, double least, double most) {
    /** The spread of {@code values}, at least one. */
    public static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The spread of one value. */
    public static Spread of(double value) {
        return new Spread(value, value, value);
    }
}
