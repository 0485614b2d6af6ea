package dev.rowkeep.query;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * What records are grouped by. Immutable, and equal to another one that groups by the same.
 *
 * <p>Records without a value are a group of their own, whose value is missing.
 *
 * @param <V> the type of a group's value
 */
public sealed interface Grouping<V> extends GroupTerm<V> {
    /** The column whose cells decide. */
    Column<?> column();

    /**
     * By a column's value.
     *
     * @param column the column
     * @param <V> its type
     */
    record ByColumn<V>(Column<V> column) implements Grouping<V> {
        /**
         * Checks the column.
         *
         * @throws IllegalArgumentException if its kind has no order
         */
        public ByColumn {
            if (!column.type().kind().isOrdered()) {
                throw new IllegalArgumentException(
                        "Column " + column + " has no order to group by. Group by another column.");
            }
        }
    }

    /**
     * By the hour, day, week or month of a zone in which a moment is; a group's value is where that begins.
     *
     * @param column the moments' column
     * @param bucket how long
     * @param zone where
     */
    record ByTime(Column<Instant> column, TimeBucket bucket, ZoneId zone) implements Grouping<ZonedDateTime> {
        /**
         * Checks the column.
         *
         * @throws IllegalArgumentException if it does not hold moments
         */
        public ByTime {
            if (column.type().kind() != Kind.TIMESTAMP) {
                throw new IllegalArgumentException(
                        "Column " + column + " does not hold moments. Group by its value instead.");
            }
        }
    }

    /**
     * By the value of {@code column}.
     *
     * @throws IllegalArgumentException if its kind has no order
     */
    static <V> Grouping<V> by(Column<V> column) {
        return new ByColumn<>(column);
    }

    /** By the {@code bucket} of {@code zone} in which a moment is. */
    static Grouping<ZonedDateTime> by(Column<Instant> column, TimeBucket bucket, ZoneId zone) {
        return new ByTime(column, bucket, zone);
    }
}
