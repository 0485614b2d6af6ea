package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.harness.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one row gave.
 *
 * @param figures its comparisons
 * @param settings of every contender, one line each
 * @param verdicts on the contenders that make updates
 * @param syncsPerSecond the disk's fdatasync rate between its rounds; null where nothing was timed
 */
public record RowReport(
        List<Figure> figures,
        List<String> settings,
        List<Verdict> verdicts,
        @Nullable Spread syncsPerSecond) {
    /** Copies the lists. */
    public RowReport {
        figures = List.copyOf(figures);
        settings = List.copyOf(settings);
        verdicts = List.copyOf(verdicts);
    }

    /** A report of what was not raced. */
    public RowReport(List<Figure> figures, List<String> settings) {
        this(figures, settings, List.of(), null);
    }

    /** The report of a race. */
    public static RowReport of(RaceResult race, List<Figure> figures) {
        List<String> settings =
                race.measurements().stream().map(RowReport::describe).distinct().toList();
        return new RowReport(figures, settings, race.verdicts(), race.syncsPerSecond());
    }

    private static String describe(Measurement measurement) {
        return measurement.name() + ": " + measurement.settings();
    }
}
