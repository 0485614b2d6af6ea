package dev.rowkeep.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whole numbers of 64 bits among numbers of other types, found in bounded time. */
final class WholeNumbers {
    private static final int LONG_DIGITS = 19;

    private WholeNumbers() {}

    /** Whether {@code raw} is of a Java type all of whose values are 64-bit whole numbers. */
    static boolean isIntegral(Object raw) {
        return raw instanceof Long || raw instanceof Integer || raw instanceof Short || raw instanceof Byte;
    }

    /** Whether {@code number}, which is finite, has no fraction. */
    static boolean isWhole(double number) {
        return number == Math.rint(number);
    }

    /** Whether {@code number}, which is whole, is a {@code long}. The bounds are powers of two, so they are exact. */
    static boolean isLong(double number) {
        return number >= -0x1p63 && number < 0x1p63;
    }

    /** Whether {@code number}, which is bounded, has no fraction. */
    static boolean isWhole(BigDecimal number) {
        if (number.signum() == 0 || number.scale() <= 0) {
            return true;
        }
        // Below 1 in magnitude it is a fraction; else the scale is less than the precision, which is bounded.
        return number.scale() < number.precision()
                && number.setScale(0, java.math.RoundingMode.DOWN).compareTo(number) == 0;
    }

    /** {@code number}, which is bounded and whole, as a {@code long}; null if it is out of range. */
    static @Nullable Long toLong(BigDecimal number) {
        if (number.signum() == 0) {
            return 0L;
        }
        if ((long) number.precision() - number.scale() > LONG_DIGITS) {
            return null;
        }
        java.math.BigInteger whole = number.toBigInteger();
        return whole.bitLength() < Long.SIZE ? (Long) whole.longValue() : null;
    }
}
