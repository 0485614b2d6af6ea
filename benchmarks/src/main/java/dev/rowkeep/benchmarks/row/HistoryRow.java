package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Entrant;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepReaders;
import dev.rowkeep.benchmarks.keep.KeepReading;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.store.KeepOptions;
import java.util.List;

/**
 * H1, H1S: a record with many versions, as of one of its oldest and in its newest ones, by a point read that misses the cache.
 *
 * @param id the row
 * @param snapshot whether a snapshot of the store was made after each tenth of the versions
 */
record HistoryRow(String id, Snapshot snapshot) implements Row {
    private static final int MOST_VERSIONS = 100;
    private static final int OLDEST_SHARE = 100;
    private static final int WRITERS = 16;
    private static final int SNAPSHOTS = 10;

    @Override
    public String work() {
        return "SQLite, one record with many versions"
                + (snapshot == Snapshot.NEAR ? ", " + SNAPSHOTS + " snapshots amid them" : "");
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        String[] keys = Products.keys(bench.settings().records());
        int depth = bench.settings().few();
        int versions = Math.min(MOST_VERSIONS, depth);
        int oldest = Math.max(1, depth / OLDEST_SHARE);
        KeyChoice deep = KeyChoice.single(keys[keys.length / 2]);
        KeepOptions uncached = KeepOptions.defaults().cachedRecords(0);
        try (KeepProducts products = KeepProducts.sqlite(
                                bench.workspace().directory("keep"), ProductSchema.PLAIN, uncached)
                        .load(keys.length);
                Race race = new Race(bench)) {
            deepen(products, deep, depth);
            race.add(readers("rowkeep-as-of", products, KeepReading.asOfVersions(oldest), deep), 1);
            race.add(readers("rowkeep-history", products, KeepReading.lastVersions(versions), deep), 1);
            race.add(readers("rowkeep-uncached", products, KeepReading.current(), KeyChoice.uniform(keys)), 1);
            RaceResult result = race.run();
            return RowReport.of(
                    result,
                    List.of(
                            figure(result, 0, "as of a version about " + depth + " deep", 5),
                            figure(result, 1, "its last " + versions + " versions", 40)));
        }
    }

    private Figure figure(RaceResult result, int index, String what, double most) {
        return Figure.of(id(), work() + ", " + what, Metric.TIME, result.of(index), result.of(2))
                .goal(Goal.atMost(most));
    }

    private static KeepReaders readers(String name, KeepProducts products, KeepReading reading, KeyChoice keys) {
        return new KeepReaders(name, products, reading, keys, 1);
    }

    private void deepen(KeepProducts products, KeyChoice key, int depth) throws Exception {
        int steps = snapshot == Snapshot.NEAR ? SNAPSHOTS : 1;
        int each = (depth + steps * WRITERS - 1) / (steps * WRITERS);
        Contender writers = new KeepWriters("rowkeep-deepen", products, KeepWriting.byClosure(), key);
        // Not closed: the store goes on to be read.
        Entrant deepening = new Entrant(writers, WRITERS, Effort.operations(each));
        for (int step = 0; step < steps; step++) {
            deepening.round();
            if (snapshot == Snapshot.NEAR) {
                products.snapshot("step-" + step);
            }
        }
    }
}
