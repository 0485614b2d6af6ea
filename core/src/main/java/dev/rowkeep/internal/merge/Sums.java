package dev.rowkeep.internal.merge;

import dev.rowkeep.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Sums of canonical numbers, exact until they are fitted to a column's type. */
final class Sums {
    private static final int LONG_BITS = 63;

    private Sums() {}

    /** {@code theirs + (mine - base)} in canonical form; null if the type cannot hold it. */
    static @Nullable Object ofDifferences(
            ColumnType<?> type, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        return fit(type, exact(theirs).add(exact(mine)).subtract(exact(base)));
    }

    /** The number that a canonical value of a numeric kind is; a missing one is 0. */
    static BigDecimal exact(@Nullable Object canonical) {
        if (canonical == null) {
            return BigDecimal.ZERO;
        }
        if (canonical instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        return canonical instanceof Double real ? new BigDecimal(real) : (BigDecimal) canonical;
    }

    /**
     * The canonical form of a number with no more digits after the point than the type has; rounded for a double, null if it is
     * too large.
     */
    static @Nullable Object fit(ColumnType<?> type, BigDecimal number) {
        return switch (type.kind()) {
            case INTEGER -> {
                BigInteger whole = number.toBigIntegerExact();
                yield whole.bitLength() <= LONG_BITS ? (Object) whole.longValue() : null;
            }
            case DECIMAL -> {
                BigDecimal scaled = number.setScale(type.scale());
                yield scaled.precision() <= type.precision() ? scaled : null;
            }
            case DOUBLE -> {
                double rounded = number.doubleValue();
                yield Double.isFinite(rounded) ? (Object) rounded : null;
            }
            case TEXT, BOOLEAN, DATE, TIMESTAMP, UUID, ENUM, BYTES, TEXT_SET, JSON ->
                throw new IllegalArgumentException("There are no sums of " + type + " values.");
        };
    }
}
