package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.caffeine.CaffeineReaders;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteReaders;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepReaders;
import dev.rowkeep.benchmarks.keep.KeepReading;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.nio.file.Path;
import java.util.List;

/** R1: point reads of records that are all in memory. */
final class CachedReadRow implements Row {
    private static final int READS_PER_CALL = 256;

    @Override
    public String id() {
        return "R1";
    }

    @Override
    public String work() {
        return "cached point read, uniform keys, one thread";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Sides sides = new Sides(bench);
        String[] keys = sides.keys();
        KeyChoice uniform = KeyChoice.uniform(keys);
        Path directory = bench.workspace().directory("keep");
        KeepProducts.sqlite(directory).load(keys.length).close();
        try (KeepProducts products = KeepProducts.sqlite(directory);
                Race race = new Race(bench)) {
            products.cache(keys);
            race.add(new KeepReaders("rowkeep-cached", products, KeepReading.current(), uniform, READS_PER_CALL), 1);
            race.add(new CaffeineReaders(keys.length, uniform, READS_PER_CALL), 1);
            race.add(
                    new SqliteReaders(
                            sides.loadedSqlite(SqliteProducts.DEFAULT_AUTOCHECKPOINT), uniform, READS_PER_CALL),
                    1);
            RaceResult result = race.run();
            return RowReport.of(
                    result,
                    List.of(
                            Figure.of(id(), work(), Metric.TIME, result.of(0), result.of(1))
                                    .goal(Goal.atMost(1.5)),
                            Figure.of(id(), work(), Metric.RATE, result.of(0), result.of(2))
                                    .goal(Goal.atLeast(25))));
        }
    }
}
