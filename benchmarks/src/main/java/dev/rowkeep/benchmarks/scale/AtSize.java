package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.report.Side;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store costs with a log of one length.
 *
 * @param logRows how many rows the log had; measured updates added to them
 * @param values of all measures
 * @param driver opening the same file by the driver, in the unit of {@link Measure#OPEN}, with what is allowed to be added; null where
 *     there is no such thing
 * @param syncsPerSecond the disk's fdatasync rate between the batches of updates
 */
record AtSize(
        int logRows, Map<Measure, Value> values, @Nullable Side driver, Spread syncsPerSecond) {
    /**
     * One value.
     *
     * @param spread the median and how far the rounds lie apart
     * @param rounds how many there were
     */
    record Value(Spread spread, int rounds) {
        /** The same in a unit that is so many times as large. */
        Spread in(double unit) {
            return scaled(spread, unit);
        }
    }

    /** Copies the values. */
    AtSize {
        values = Map.copyOf(values);
    }

    /** A value that was taken for each store. */
    Value value(Measure measure) {
        Value value = values.get(measure);
        if (value == null) {
            throw new IllegalStateException("Nothing was measured of: " + measure.title());
        }
        return value;
    }

    /** {@code spread} in a unit that is so many times as large. */
    static Spread scaled(Spread spread, double unit) {
        return new Spread(spread.median() / unit, spread.least() / unit, spread.most() / unit);
    }
}
