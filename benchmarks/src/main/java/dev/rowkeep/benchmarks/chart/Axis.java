package dev.rowkeep.benchmarks.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** From numbers to places between 0 and 1, and which numbers are written beside it. */
final class Axis {
    private static final int MOST_STEPS = 5;

    private final DoubleUnaryOperator share;
    private final List<Double> ticks;

    private Axis(DoubleUnaryOperator share, List<Double> ticks) {
        this.share = share;
        this.ticks = ticks;
    }

    /** From 0 to a round number that is not below {@code most}. */
    static Axis fromZero(double most) {
        double step = step(most);
        int steps = Math.max(1, (int) Math.ceil(most / step));
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(i * step);
        }
        return new Axis(value -> value / (steps * step), ticks);
    }

    /** From the power of ten that is not above {@code least}, which is above 0, to the one that is not below {@code most}. */
    static Axis logarithmic(double least, double most) {
        int from = (int) Math.floor(Math.log10(least));
        int to = Math.max(from + 1, (int) Math.ceil(Math.log10(most)));
        List<Double> ticks = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            ticks.add(Math.pow(10, i));
        }
        return new Axis(value -> (Math.log10(value) - from) / (to - from), ticks);
    }

    /** 1, 2 or 5 times a power of ten, so that few steps reach {@code most}. */
    private static double step(double most) {
        if (!(most > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most / MOST_STEPS)));
        for (double step : new double[] {power, 2 * power, 5 * power}) {
            if (most / step <= MOST_STEPS) {
                return step;
            }
        }
        return 10 * power;
    }

    /** Where {@code value} lies: 0 at the axis' beginning, 1 at its end. */
    double share(double value) {
        return share.applyAsDouble(value);
    }

    /** The numbers to write beside it. */
    List<Double> ticks() {
        return ticks;
    }
}
