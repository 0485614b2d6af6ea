package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.Spread;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a row: ours, theirs, and what the ratio of the medians should be.
 *
 * @param id the row's id in the targets
 * @param storage where our side kept its records
 * @param work what was done
 * @param ours our side
 * @param theirs the other side
 * @param unit of both sides
 * @param goal for the ratio; null where none is set
 * @param rounds how many rounds the medians are of
 * @param p99Ratio our 99th percentile by theirs; null where single operations were not timed
 */
public record Figure(
        String id,
        String storage,
        String work,
        Side ours,
        Side theirs,
        String unit,
        @Nullable Goal goal,
        int rounds,
        @Nullable Double p99Ratio) {

    /** A figure of a row about two measurements of one race, with our records in SQLite. */
    public static Figure of(String id, String work, Metric metric, Measurement ours, Measurement theirs) {
        return new Figure(
                id,
                "sqlite",
                work,
                Side.of(ours, metric),
                Side.of(theirs, metric),
                metric.unit(),
                null,
                ours.samples().size(),
                null);
    }

    /** The same figure of another storage than SQLite. */
    public Figure storedIn(String other) {
        return new Figure(id, other, work, ours, theirs, unit, goal, rounds, p99Ratio);
    }

    /** The same figure with a goal. */
    public Figure goal(Goal wanted) {
        return new Figure(id, storage, work, ours, theirs, unit, wanted, rounds, p99Ratio);
    }

    /** The same figure with the ratio of the 99th percentiles, for rounds in which every operation was timed. */
    public Figure withP99() {
        Side.Timing mine = ours.timing();
        Side.Timing other = theirs.timing();
        if (mine == null || other == null) {
            throw new IllegalStateException("Nothing was timed in figure " + id + ".");
        }
        double ratioOfP99 = mine.p99Millis().median() / other.p99Millis().median();
        return new Figure(id, storage, work, ours, theirs, unit, goal, rounds, ratioOfP99);
    }

    /** Ours by theirs. */
    public double ratio() {
        return ours.value().median() / theirs.value().median();
    }

    /** The ratio at its worst and best, were the extremes of both sides to meet. */
    Spread ratioSpread() {
        return new Spread(
                ratio(),
                ours.value().least() / theirs.value().most(),
                ours.value().most() / theirs.value().least());
    }

    /** Whether the goal is met; null where none is set. */
    public @Nullable Boolean met() {
        return goal == null ? null : goal.isMetBy(ratio());
    }
}
