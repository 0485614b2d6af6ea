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
import dev.rowkeep.benchmarks.rocks.RocksWriters;
import java.util.List;

/**
 * P8, P64: the updates of W8 and W64 against RocksDB.
 *
 * @param id the row
 * @param threads how many writers
 * @param goal for the rate
 */
record RocksRow(String id, int threads, Goal goal) implements Row {
    @Override
    public String work() {
        return "SQLite against RocksDB, blocking, uniform keys, writers: " + threads;
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        String[] keys = sides.keys();
        KeyChoice uniform = KeyChoice.uniform(keys);
        int writers = bench.settings().threads(threads);
        try (Race race = new Race(bench)) {
            race.add(sides.keep("rowkeep", KeepWriting.expectingTheVersionRead(), uniform), writers);
            race.add(new RocksWriters(bench.workspace().directory("rocks"), keys.length, uniform), writers);
            RaceResult result = race.run();
            Figure figure = Figure.of(id, work(), Metric.RATE, result.of(0), result.of(1))
                    .goal(goal)
                    .withP99();
            return RowReport.of(result, List.of(figure));
        }
    }
}
