package dev.rowkeep.query;

import dev.rowkeep.schema.Column;

/**
 * One column to order by. Missing values come first ascending, last descending.
 *
 * @param column the column
 * @param direction which way
 */
public record Order(Column<?> column, Direction direction) {
    /** Which way. */
    public enum Direction {
        /** Smallest first. */
        ASCENDING,
        /** Largest first. */
        DESCENDING
    }

    /**
     * Checks the column.
     *
     * @throws IllegalArgumentException if its kind has no order
     */
    public Order {
        if (!column.type().kind().isOrdered()) {
            throw new IllegalArgumentException("Column " + column + " has no order to sort by.");
        }
    }

    /** Smallest first. */
    public static Order ascending(Column<?> column) {
        return new Order(column, Direction.ASCENDING);
    }

    /** Largest first. */
    public static Order descending(Column<?> column) {
        return new Order(column, Direction.DESCENDING);
    }
}
