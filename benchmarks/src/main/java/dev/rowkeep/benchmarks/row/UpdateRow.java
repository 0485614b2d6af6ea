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
import java.util.ArrayList;
import java.util.List;

/**
 * W1, W8, W64: updates of random records that wait until they are durable.
 *
 * @param id the row
 * @param threads how many writers
 * @param goal for the rate, against both baselines and so against the better one
 */
record UpdateRow(String id, int threads, Goal goal) implements Row {
    private static final int THREADS_WHERE_WAITS_COUNT = 64;

    @Override
    public String work() {
        return "SQLite, blocking, uniform keys, writers: " + threads;
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        KeyChoice keys = KeyChoice.uniform(sides.keys());
        int writers = bench.settings().threads(threads);
        try (Race race = new Race(bench)) {
            race.add(sides.keep("rowkeep", KeepWriting.expectingTheVersionRead(), keys), writers);
            race.add(sides.baseline((products, k) -> SqliteWriters.connectionPerThread(products, k), keys, writers));
            race.add(sides.baseline(SqliteWriters::sharedConnection, keys, writers));
            RaceResult result = race.run();
            return RowReport.of(result, figures(result.of(0), result.of(1), result.of(2)));
        }
    }

    private List<Figure> figures(Measurement ours, Measurement perThread, Measurement shared) {
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.of(id, work(), Metric.RATE, ours, perThread).goal(goal).withP99());
        figures.add(Figure.of(id, work(), Metric.RATE, ours, shared).goal(goal).withP99());
        if (threads >= THREADS_WHERE_WAITS_COUNT) {
            figures.add(Figure.of(id, work(), Metric.P99, ours, shared)
                    .goal(Goal.atMost(0.5))
                    .withP99());
            figures.add(Figure.of(id, work(), Metric.SLOWEST, ours, perThread)
                    .goal(Goal.atMost(0.1))
                    .withP99());
        }
        return figures;
    }
}
