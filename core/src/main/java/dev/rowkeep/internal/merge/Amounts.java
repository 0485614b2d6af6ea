package dev.rowkeep.internal.merge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The numbers that applications give as amounts, without loss. */
final class Amounts {
    private Amounts() {}

    /**
     * The number that {@code amount} is; empty if it is not finite or of a class whose numbers are not known to be exact. A binary
     * fraction is the decimal one that Java prints for it, so that 0.1 is a tenth.
     */
    static Optional<BigDecimal> exact(Number amount) {
        if (amount instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (amount instanceof BigInteger whole) {
            return Optional.of(new BigDecimal(whole));
        }
        if (amount instanceof Double || amount instanceof Float) {
            return Double.isFinite(amount.doubleValue())
                    ? Optional.of(new BigDecimal(amount.toString()))
                    : Optional.empty();
        }
        return isWhole(amount) ? Optional.of(BigDecimal.valueOf(amount.longValue())) : Optional.empty();
    }

    /** The double that {@code amount} is; empty if no double is that number. */
    static Optional<Double> asDouble(Number amount) {
        double value = amount.doubleValue();
        if (!Double.isFinite(value)) {
            return Optional.empty();
        }
        boolean lossless = amount instanceof Double
                || amount instanceof Float
                || exact(amount).filter(it -> isDouble(it, value)).isPresent();
        return lossless ? Optional.of(value) : Optional.empty();
    }

    /**
     * The same number with at most {@code scale} digits after the point and {@code digits} before it; empty if it has more. The
     * digits of a number such as 1E+1000000000 are never written out.
     */
    static Optional<BigDecimal> within(BigDecimal number, int digits, int scale) {
        BigDecimal plain = number.scale() > scale ? number.stripTrailingZeros() : number;
        boolean within = plain.signum() == 0 || (long) plain.precision() - plain.scale() <= digits;
        return plain.scale() <= scale && within ? Optional.of(plain) : Optional.empty();
    }

    private static boolean isDouble(BigDecimal number, double value) {
        return number.compareTo(new BigDecimal(value)) == 0 || number.compareTo(BigDecimal.valueOf(value)) == 0;
    }

    private static boolean isWhole(Number amount) {
        return amount instanceof Long
                || amount instanceof Integer
                || amount instanceof Short
                || amount instanceof Byte
                || amount instanceof AtomicLong
                || amount instanceof AtomicInteger;
    }
}
