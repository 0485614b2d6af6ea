package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Spread;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as reports show them. */
public final class Numbers {
    private static final MathContext SHOWN = new MathContext(3);

    private Numbers() {}

    /** Three significant digits, or all digits before the point; never an exponent. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return "0";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal shown = Math.abs(value) >= 100 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(SHOWN);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    /** The median, with the spread where there is one. */
    public static String spread(Spread spread) {
        String median = plain(spread.median());
        return spread.least() == spread.most()
                ? median
                : median + " [" + plain(spread.least()) + "–" + plain(spread.most()) + "]";
    }
}
