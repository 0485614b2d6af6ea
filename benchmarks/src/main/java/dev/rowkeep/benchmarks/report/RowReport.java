package dev.rowkeep.benchmarks.report;

import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.harness.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one row gave.
 *
 * @param figures its comparisons
 * @param settings of every contender, one line each
 * @param syncsPerSecond the disk's fdatasync rate between its rounds; null where nothing was timed
 */
public record RowReport(
        List<Figure> figures,
        List<String> settings,
        @Nullable Spread syncsPerSecond) {
    /** Copies the lists. */
    public RowReport {
        figures = List.copyOf(figures);
        settings = List.copyOf(settings);
    }

    /** The report of a race. */
    public static RowReport of(RaceResult race, List<Figure> figures) {
        List<String> settings =
                race.measurements().stream().map(RowReport::describe).distinct().toList();
        return new RowReport(figures, settings, race.syncsPerSecond());
    }

    private static String describe(Measurement measurement) {
        return measurement.name() + ": " + measurement.settings();
    }
}
