package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteReaders;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepReaders;
import dev.rowkeep.benchmarks.keep.KeepReading;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.store.KeepOptions;
import java.util.List;

/** R2: point reads that go to the storage, without a cache. */
final class UncachedReadRow implements Row {
    private static final int READS_PER_CALL = 16;

    @Override
    public String id() {
        return "R2";
    }

    @Override
    public String work() {
        return "SQLite, uncached point read, uniform keys, one thread";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        String[] keys = sides.keys();
        KeyChoice uniform = KeyChoice.uniform(keys);
        KeepOptions uncached = KeepOptions.defaults().cachedRecords(0);
        try (KeepProducts products = KeepProducts.sqlite(
                                bench.workspace().directory("keep"), ProductSchema.PLAIN, uncached)
                        .load(keys.length);
                Race race = new Race(bench)) {
            race.add(new KeepReaders("rowkeep-uncached", products, KeepReading.current(), uniform, READS_PER_CALL), 1);
            race.add(
                    new SqliteReaders(
                            sides.loadedSqlite(SqliteProducts.DEFAULT_AUTOCHECKPOINT), uniform, READS_PER_CALL),
                    1);
            RaceResult result = race.run();
            Figure figure = Figure.of(id(), work(), Metric.TIME, result.of(0), result.of(1))
                    .goal(Goal.atMost(1.2));
            return RowReport.of(result, List.of(figure));
        }
    }
}
