package dev.rowkeep.benchmarks.report;

/**
 * What a ratio must come to.
 *
 * @param direction whether more or less is better
 * @param bound the ratio that is still good enough
 */
public record Goal(Direction direction, double bound) {
    /** Which side of the bound is good. */
    public enum Direction {
        /** The bound or more. */
        AT_LEAST,
        /** The bound or less. */
        AT_MOST
    }

    /** The bound or more. */
    public static Goal atLeast(double bound) {
        return new Goal(Direction.AT_LEAST, bound);
    }

    /** The bound or less. */
    public static Goal atMost(double bound) {
        return new Goal(Direction.AT_MOST, bound);
    }

    /** Whether {@code ratio} is good enough. */
    public boolean isMetBy(double ratio) {
        return direction == Direction.AT_LEAST ? ratio >= bound : ratio <= bound;
    }

    @Override
    public String toString() {
        return (direction == Direction.AT_LEAST ? "≥ " : "≤ ") + Numbers.plain(bound);
    }
}
