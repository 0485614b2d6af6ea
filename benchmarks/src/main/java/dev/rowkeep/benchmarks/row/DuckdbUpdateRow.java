package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.duckdb.DuckdbWriters;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.harness.VerifiedEachRound;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.ArrayList;
import java.util.List;

/**
 * D1, D64: the updates of W1 and W64 on DuckDB. A query right after each round must see every write that was acknowledged. Where one
 * writer is compared, our own on SQLite is too.
 *
 * @param id the row
 * @param threads how many writers
 * @param goal for the rate, against both baselines and so against the better one
 */
record DuckdbUpdateRow(String id, int threads, Goal goal) implements Row {
    @Override
    public String work() {
        return "DuckDB, blocking, uniform keys, queried after each round, writers: " + threads;
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        KeyChoice keys = KeyChoice.uniform(sides.keys());
        KeepWriting writing = KeepWriting.expectingTheVersionRead();
        int writers = bench.settings().threads(threads);
        try (Race race = new Race(bench)) {
            race.add(new VerifiedEachRound(sides.keep(KeepStorage.DUCKDB, "rowkeep", writing, keys)), writers);
            race.add(sides.duckdbBaseline(
                    (products, k) -> DuckdbWriters.connectionPerThread(products, k), keys, writers));
            race.add(sides.duckdbBaseline(DuckdbWriters::sharedConnection, keys, writers));
            if (threads == 1) {
                race.add(sides.keep(KeepStorage.SQLITE, "rowkeep-sqlite", writing, keys), writers);
            }
            RaceResult result = race.run();
            return RowReport.of(result, figures(result.measurements()));
        }
    }

    private List<Figure> figures(List<Measurement> measurements) {
        Measurement ours = measurements.get(0);
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(ours, measurements.get(1)).goal(goal));
        figures.add(figure(ours, measurements.get(2)).goal(goal));
        measurements.stream().skip(3).forEach(sqlite -> figures.add(figure(ours, sqlite)));
        return figures;
    }

    private Figure figure(Measurement ours, Measurement theirs) {
        return Figure.of(id, work(), Metric.RATE, ours, theirs)
                .storedIn(KeepStorage.DUCKDB.id())
                .withP99();
    }
}
