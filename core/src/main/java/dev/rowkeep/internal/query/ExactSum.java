package dev.rowkeep.internal.query;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A sum without any rounding, so that it does not depend on the order of what is added. Used by one thread. */
final class ExactSum {
    private long units;
    private BigInteger spilledUnits = BigInteger.ZERO;
    private BigDecimal reals = BigDecimal.ZERO;
    private long count;

    /** Adds a canonical number of any kind; all of one sum are of one kind and scale. */
    void add(Object number) {
        count++;
        if (number instanceof Long whole) {
            addUnits(whole);
        } else if (number instanceof BigDecimal decimal) {
            addUnits(decimal.unscaledValue().longValueExact());
        } else {
            reals = reals.add(new BigDecimal((Double) number));
        }
    }

    private void addUnits(long more) {
        long sum = units + more;
        boolean overflows = ((units ^ sum) & (more ^ sum)) < 0;
        if (overflows) {
            spilledUnits = spilledUnits.add(BigInteger.valueOf(units));
            units = more;
        } else {
            units = sum;
        }
    }

    /** How many numbers were added. */
    long count() {
        return count;
    }

    /** The sum of whole numbers, or of decimals in units of their last digit. */
    BigInteger units() {
        return spilledUnits.add(BigInteger.valueOf(units));
    }

    /** The sum of floating point numbers. */
    BigDecimal reals() {
        return reals;
    }
}
