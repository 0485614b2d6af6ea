package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.jdbc.SqliteWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.List;

/**
 * WH8, WH: writers who read, modify and write few records, some of them far more often than others.
 *
 * @param id the row
 * @param threads how many writers
 * @param goals whether the targets speak of it
 */
record HotRow(String id, int threads, Goals goals) implements Row {
    private static final int KEYS = 1000;

    /** Whether there are targets for a row. */
    enum Goals {
        SET,
        NONE
    }

    @Override
    public String work() {
        return "SQLite, read-modify-write, zipfian over " + KEYS + " keys, writers: " + threads;
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        int writers = bench.settings().threads(threads);
        KeyChoice keys = KeyChoice.zipfian(sides.keys(), KEYS);
        try (Race race = new Race(bench)) {
            race.add(sides.keep("rowkeep", KeepWriting.byClosure(), keys), writers);
            race.add(sides.baseline((products, k) -> SqliteWriters.connectionPerThread(products, k), keys, writers));
            race.add(sides.baseline(SqliteWriters::sharedConnection, keys, writers));
            race.add(sides.baseline(SqliteWriters::compareAndSet, keys, writers));
            race.add(sides.keep("rowkeep-cas", KeepWriting.expectingTheVersionRead(), keys), writers);
            RaceResult result = race.run();
            Measurement ours = result.of(0);
            return RowReport.of(
                    result,
                    List.of(
                            figure(ours, result.of(1), 7),
                            figure(ours, result.of(2), 7),
                            figure(ours, result.of(3), 7),
                            figure(ours, result.of(4), 3)));
        }
    }

    private Figure figure(Measurement ours, Measurement theirs, double least) {
        Figure figure = Figure.of(id, work(), Metric.RATE, ours, theirs).withP99();
        return goals == Goals.SET ? figure.goal(Goal.atLeast(least)) : figure;
    }
}
