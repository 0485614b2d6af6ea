package dev.rowkeep.query;

import dev.rowkeep.schema.Column;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * What is computed of the records of a group. Immutable, and equal to another one that computes the same.
 *
 * <p>Missing values do not count. Of no values at all the counts are 0 and everything else is missing.
 *
 * @param <V> the result's type
 */
public final class Aggregate<V> implements GroupTerm<V> {
    private final Function function;
    private final Optional<Column<?>> column;
    private final BigDecimal fraction;

    /** What is computed. */
    public enum Function {
        /** How many records there are. */
        COUNT,
        /** How many values there are. */
        COUNT_PRESENT,
        /** How many different values there are. */
        COUNT_DISTINCT,
        /** The sum. */
        SUM,
        /** The least value. */
        MIN,
        /** The greatest value. */
        MAX,
        /** The mean. */
        AVG,
        /** The discrete percentile. */
        PERCENTILE_DISC
    }

    private Aggregate(Function function, Optional<Column<?>> column, BigDecimal fraction) {
        this.function = function;
        this.column = column;
        this.fraction = fraction;
    }

    /** How many records there are. */
    public static Aggregate<Long> count() {
        return new Aggregate<>(Function.COUNT, Optional.empty(), BigDecimal.ZERO);
    }

    /** How many records have a value in {@code column}. */
    public static Aggregate<Long> count(Column<?> column) {
        return of(Function.COUNT_PRESENT, column);
    }

    /** How many different values {@code column} has; equal is what a condition finds equal. */
    public static Aggregate<Long> countDistinct(Column<?> column) {
        return of(Function.COUNT_DISTINCT, column);
    }

    /**
     * The exact sum: of decimals at the column's scale and of any size, of whole numbers within 64 bits, of floating point numbers
     * rounded once, at the end. One that its type cannot hold is an {@link AggregateOverflowException}.
     *
     * @throws IllegalArgumentException if the column holds no numbers
     */
    public static <N extends Number> Aggregate<N> sum(Column<N> column) {
        requireNumeric("sum", column);
        return of(Function.SUM, column);
    }

    /**
     * The mean: the exact sum by the count, rounded half-even; of whole numbers and decimals to six digits more after the point than
     * the column has, of floating point numbers to 17 digits.
     *
     * @throws IllegalArgumentException if the column holds no numbers
     */
    public static Aggregate<BigDecimal> avg(Column<? extends Number> column) {
        requireNumeric("avg", column);
        return of(Function.AVG, column);
    }

    /**
     * The least value.
     *
     * @throws IllegalArgumentException if the column's kind has no order
     */
    public static <C> Aggregate<C> min(Column<C> column) {
        requireOrdered("min", column);
        return of(Function.MIN, column);
    }

    /**
     * The greatest value.
     *
     * @throws IllegalArgumentException if the column's kind has no order
     */
    public static <C> Aggregate<C> max(Column<C> column) {
        requireOrdered("max", column);
        return of(Function.MAX, column);
    }

    /**
     * SQL's PERCENTILE_DISC: the first value, in order, that at least the share {@code fraction} of all values does not exceed. It is
     * always one of the values: 0.5 is the (lower) median, 0 the least and 1 the greatest.
     *
     * @param fraction 0 to 1, taken as the decimal number that it is written as
     * @throws IllegalArgumentException if it is not, or the column's kind has no order
     */
    public static <C> Aggregate<C> percentileDisc(Column<C> column, double fraction) {
        requireOrdered("percentileDisc", column);
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("A percentile's fraction is 0 to 1, got " + fraction + ".");
        }
        return new Aggregate<>(
                Function.PERCENTILE_DISC,
                Optional.of(column),
                BigDecimal.valueOf(fraction).stripTrailingZeros());
    }

    private static <V> Aggregate<V> of(Function function, Column<?> column) {
        return new Aggregate<>(function, Optional.of(column), BigDecimal.ZERO);
    }

    private static void requireNumeric(String what, Column<?> column) {
        if (!column.type().kind().isNumeric()) {
            throw new IllegalArgumentException(what + " is for columns of numbers; " + column + " is none.");
        }
    }

    private static void requireOrdered(String what, Column<?> column) {
        if (!column.type().kind().isOrdered()) {
            throw new IllegalArgumentException(what + " is for columns with an order; " + column + " has none.");
        }
    }

    /** What is computed. */
    public Function function() {
        return function;
    }

    /** Of which column; empty for a count of records. */
    public Optional<Column<?>> column() {
        return column;
    }

    /** A percentile's fraction; 0 for others. */
    public BigDecimal fraction() {
        return fraction;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Aggregate<?> a
                && function == a.function
                && column.equals(a.column)
                && fraction.equals(a.fraction);
    }

    @Override
    public int hashCode() {
        return Objects.hash(function, column, fraction);
    }

    /** As in {@code sum(price)}. */
    @Override
    public String toString() {
        String of = column.map(Column::name).orElse("*");
        return switch (function) {
            case COUNT, COUNT_PRESENT -> "count(" + of + ")";
            case COUNT_DISTINCT -> "countDistinct(" + of + ")";
            case SUM -> "sum(" + of + ")";
            case MIN -> "min(" + of + ")";
            case MAX -> "max(" + of + ")";
            case AVG -> "avg(" + of + ")";
            case PERCENTILE_DISC -> "percentileDisc(" + of + ", " + fraction.toPlainString() + ")";
        };
    }
}
