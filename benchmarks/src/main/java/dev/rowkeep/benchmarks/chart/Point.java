package dev.rowkeep.benchmarks.chart;

import dev.rowkeep.benchmarks.harness.Spread;

/**
 * A figure in a chart.
 *
 * @param at where it lies on the x axis, above 0
 * @param value what it came to, 0 or more
 */
public record Point(double at, Spread value) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one cannot be drawn
     */
    public Point {
        if (!(at > 0) || !(value.least() >= 0) || !Double.isFinite(at + value.most() + value.median())) {
            throw new IllegalArgumentException(
                    "A point lies at a finite number above 0 and has values from 0 on, got " + value + " at " + at);
        }
    }
}
