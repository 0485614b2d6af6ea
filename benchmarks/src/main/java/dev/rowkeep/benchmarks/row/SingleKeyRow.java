package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.List;

/**
 * W1K: many writers with closures on one record, compared with our own rate on random records. A closure that runs out of
 * attempts fails the row.
 */
final class SingleKeyRow implements Row {
    private static final int THREADS = 64;

    @Override
    public String id() {
        return "W1K";
    }

    @Override
    public String work() {
        return "SQLite, closures on one key, writers: " + THREADS + "; theirs is our own W64";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        int writers = bench.settings().threads(THREADS);
        String[] keys = sides.keys();
        try (Race race = new Race(bench)) {
            race.add(sides.keep("rowkeep-one-key", KeepWriting.byClosure(), KeyChoice.single(keys[0])), writers);
            race.add(
                    sides.keep("rowkeep-w64", KeepWriting.expectingTheVersionRead(), KeyChoice.uniform(keys)), writers);
            RaceResult result = race.run();
            Figure figure = Figure.of(id(), work(), Metric.RATE, result.of(0), result.of(1))
                    .goal(Goal.atLeast(0.25))
                    .withP99();
            return RowReport.of(result, List.of(figure));
        }
    }
}
