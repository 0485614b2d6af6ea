package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.List;

/**
 * G1, G1D: what an update costs when the log is long, by what it costs when it is short. Both stores hold as many records; the short
 * log grows a little while it is measured, which is why a round is a number of updates and not a time.
 *
 * @param id the row
 * @param storage where the records are
 */
record LogGrowthRow(String id, KeepStorage storage) implements Row {
    private static final Goal FLAT = Goal.atMost(1.2);

    @Override
    public String work() {
        return storage.title() + ", cost of an update (applyAsync) with a long log; theirs is ours with a short log";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().few();
        int earlierUpdates = bench.settings().many() - records;
        Effort effort = Effort.operations(records);
        try (Race race = new Race(bench)) {
            race.add(writers(bench, "rowkeep-log-of-" + bench.settings().many(), records, earlierUpdates), 1, effort);
            race.add(writers(bench, "rowkeep-log-of-" + records, records, 0), 1, effort);
            RaceResult result = race.run();
            return RowReport.of(result, List.of(figure(result, Metric.TIME), figure(result, Metric.CPU)));
        }
    }

    private Figure figure(RaceResult result, Metric metric) {
        return Figure.of(id, work(), metric, result.of(0), result.of(1))
                .storedIn(storage.id())
                .goal(FLAT);
    }

    private KeepWriters writers(Bench bench, String name, int records, int earlierUpdates) throws Exception {
        KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
        int inFlight = Sides.inFlight(records);
        KeepProducts products = KeepProducts.in(storage, bench.workspace().directory("keep"))
                .load(records)
                .update(earlierUpdates, keys.forThread(1), inFlight);
        return new KeepWriters(name, products, KeepWriting.withoutWaiting(inFlight), keys, earlierUpdates);
    }
}
