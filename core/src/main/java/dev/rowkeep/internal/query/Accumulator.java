package dev.rowkeep.internal.query;

import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.AggregateOverflowException;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** One aggregate of one group in the making. Used by one thread. */
sealed interface Accumulator {
    /** Digits that a mean has after the point beyond those of its column. */
    int MEAN_DIGITS = 6;

    /** What a mean of floating point numbers is rounded to: as many digits as tell any two of them apart. */
    MathContext REAL_MEAN = new MathContext(17, RoundingMode.HALF_EVEN);

    /** Takes a record's cell in, which is null if it is missing. */
    void add(@Nullable Object cell);

    /** The result in canonical form; null if there is none. */
    @Nullable
    Object result();

    /**
     * The empty accumulator of an aggregate.
     *
     * @param store the store's name, for messages
     * @param type the type of the column; null if there is none
     * @param beforeAnother is run before a further value is held
     */
    static Accumulator of(String store, Aggregate<?> aggregate, @Nullable ColumnType<?> type, Runnable beforeAnother) {
        if (type == null) {
            return new Counter(Counter.What.RECORDS);
        }
        return switch (aggregate.function()) {
            case COUNT -> new Counter(Counter.What.RECORDS);
            case COUNT_PRESENT -> new Counter(Counter.What.VALUES);
            case COUNT_DISTINCT -> new Distinct(new ValueCounts(beforeAnother));
            case SUM -> new Sum(store, aggregate, type, new ExactSum());
            case AVG -> new Mean(type, new ExactSum());
            case MIN -> new Extreme(type, -1);
            case MAX -> new Extreme(type, 1);
            case PERCENTILE_DISC -> new Percentile(type, aggregate.fraction(), new ValueCounts(beforeAnother));
        };
    }

    /** Counts records or values. */
    final class Counter implements Accumulator {
        private final What what;
        private long count;

        enum What {
            RECORDS,
            VALUES
        }

        Counter(What what) {
            this.what = what;
        }

        @Override
        public void add(@Nullable Object cell) {
            if (cell != null || what == What.RECORDS) {
                count++;
            }
        }

        @Override
        public Object result() {
            return count;
        }
    }

    /** Counts different values. */
    record Distinct(ValueCounts values) implements Accumulator {
        @Override
        public void add(@Nullable Object cell) {
            if (cell != null) {
                values.add(cell);
            }
        }

        @Override
        public Object result() {
            return values.distinct();
        }
    }

    /** Adds up, and rounds or refuses at the end only. */
    record Sum(String store, Aggregate<?> aggregate, ColumnType<?> type, ExactSum sum) implements Accumulator {
        @Override
        public void add(@Nullable Object cell) {
            if (cell != null) {
                sum.add(cell);
            }
        }

        @Override
        public @Nullable Object result() {
            if (sum.count() == 0) {
                return null;
            }
            return switch (type.kind()) {
                case INTEGER -> whole(sum.units());
                case DECIMAL -> new BigDecimal(sum.units(), type.scale());
                default -> real(sum.reals().doubleValue());
            };
        }

        private Long whole(BigInteger exact) {
            if (exact.bitLength() > 63) {
                throw new AggregateOverflowException(store, aggregate);
            }
            return exact.longValue();
        }

        private Double real(double rounded) {
            if (Double.isInfinite(rounded)) {
                throw new AggregateOverflowException(store, aggregate);
            }
            return rounded;
        }
    }

    /** The exact sum by the count. */
    record Mean(ColumnType<?> type, ExactSum sum) implements Accumulator {
        @Override
        public void add(@Nullable Object cell) {
            if (cell != null) {
                sum.add(cell);
            }
        }

        @Override
        public @Nullable Object result() {
            if (sum.count() == 0) {
                return null;
            }
            BigDecimal count = BigDecimal.valueOf(sum.count());
            if (type.kind() == Kind.DOUBLE) {
                return sum.reals().divide(count, REAL_MEAN);
            }
            return new BigDecimal(sum.units(), type.scale())
                    .divide(count, type.scale() + MEAN_DIGITS, RoundingMode.HALF_EVEN);
        }
    }

    /** The least or the greatest value. */
    final class Extreme implements Accumulator {
        private final ColumnType<?> type;
        private final int sign;
        private @Nullable Object extreme;

        /** Keeps the least value if {@code sign} is below 0, else the greatest. */
        Extreme(ColumnType<?> type, int sign) {
            this.type = type;
            this.sign = sign;
        }

        @Override
        public void add(@Nullable Object cell) {
            if (cell != null && (extreme == null || sign * type.compare(cell, extreme) > 0)) {
                extreme = cell;
            }
        }

        @Override
        public @Nullable Object result() {
            return extreme;
        }
    }

    /** Counts values, to find the one at a rank. */
    record Percentile(ColumnType<?> type, BigDecimal fraction, ValueCounts values) implements Accumulator {
        @Override
        public void add(@Nullable Object cell) {
            if (cell != null) {
                values.add(cell);
            }
        }

        @Override
        public @Nullable Object result() {
            return values.percentile(type, fraction);
        }
    }
}
