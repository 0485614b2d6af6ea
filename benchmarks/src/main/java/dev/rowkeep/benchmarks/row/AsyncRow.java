package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
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

/** WA: one thread that writes without waiting, against one thread that writes by hand. */
final class AsyncRow implements Row {
    private static final Goal GOAL = Goal.atLeast(8);

    @Override
    public String id() {
        return "WA";
    }

    @Override
    public String work() {
        return "SQLite, one thread, applyAsync with 1024 in flight; theirs is one blocking writer";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        String[] keys = sides.keys();
        KeyChoice uniform = KeyChoice.uniform(keys);
        KeepWriting inFlight = KeepWriting.withoutWaiting(Sides.inFlight(keys.length));
        try (Race race = new Race(bench)) {
            race.add(sides.keep("rowkeep-async", inFlight, KeyChoice.shuffled(keys)), 1);
            race.add(sides.baseline((products, k) -> SqliteWriters.connectionPerThread(products, k), uniform, 1));
            race.add(sides.baseline(SqliteWriters::sharedConnection, uniform, 1));
            RaceResult result = race.run();
            return RowReport.of(
                    result,
                    List.of(
                            Figure.of(id(), work(), Metric.RATE, result.of(0), result.of(1))
                                    .goal(GOAL),
                            Figure.of(id(), work(), Metric.RATE, result.of(0), result.of(2))
                                    .goal(GOAL)));
        }
    }
}
