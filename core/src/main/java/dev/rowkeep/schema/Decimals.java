package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Decimals brought to a column's precision and scale in bounded time and memory.
 *
 * <p>{@code 1e1000000000} is one digit and an exponent. Exponents are compared as numbers first; only what is known to be near the
 * column's own size is ever rescaled.
 */
final class Decimals {
    private Decimals() {}

    /** Whether the digits of {@code number} are few enough to compute with; says nothing of its exponent. */
    static boolean isBounded(BigDecimal number) {
        return number.unscaledValue().bitLength() <= Limits.NUMBER_BITS;
    }

    /** Whether {@code number}, which is bounded, has more digits before the point than {@code type}. */
    static boolean isTooLarge(BigDecimal number, ColumnType<?> type) {
        return number.signum() != 0 && (long) number.precision() - number.scale() > type.precision() - type.scale();
    }

    /** {@code number}, which is bounded and not too large, rounded half-even to the scale of {@code type}. */
    static BigDecimal toScale(BigDecimal number, ColumnType<?> type) {
        boolean vanishes = (long) number.precision() - number.scale() < -type.scale();
        return number.signum() == 0 || vanishes
                ? BigDecimal.valueOf(0, type.scale())
                : number.setScale(type.scale(), RoundingMode.HALF_EVEN);
    }
}
