package dev.rowkeep.benchmarks.chart;

import java.util.List;

/**
 * One chart among several.
 *
 * @param title what is shown
 * @param unit of the values
 * @param points in the order of their places, at least one
 */
public record Panel(String title, String unit, List<Point> points) {
    /** From how many times the least value on the greatest is too far from it to show both on an axis that begins at 0. */
    private static final double FAR = 30;

    /**
     * Copies the points.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Panel {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("The panel " + title + " needs a point.");
        }
    }

    /** Its y axis: from 0 on, so that what stays the same looks flat, and logarithmic where the values are far apart. */
    Axis values() {
        double least = points.stream()
                .mapToDouble(point -> point.value().least())
                .min()
                .orElse(0);
        double most =
                points.stream().mapToDouble(point -> point.value().most()).max().orElse(0);
        return least > 0 && most > FAR * least ? Axis.logarithmic(least, most) : Axis.fromZero(most);
    }

    /** Its x axis. */
    Axis places() {
        return Axis.logarithmic(
                points.get(0).at(), points.get(points.size() - 1).at());
    }
}
