package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.jdbc.AuditForm;
import dev.rowkeep.benchmarks.jdbc.SqliteHistory;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteReplay;
import dev.rowkeep.benchmarks.keep.KeepPast;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.commit.Position;
import java.util.List;
import java.util.function.Supplier;

/**
 * H2, H2S: a whole store as of the middle of its updates, which is as far from the log's nearer end as can be.
 *
 * @param id the row
 * @param snapshot whether a snapshot was made a tenth of the records' number of commits before
 * @param goal what is asked for
 */
record AsOfRow(String id, Snapshot snapshot, Goal goal) implements Row {
    @Override
    public String work() {
        return "SQLite, whole store as of the middle of its log, all records read"
                + (snapshot == Snapshot.NEAR ? ", a snapshot near" : "")
                + "; theirs replays in Java from the nearer end";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().records();
        int half = (bench.settings().many() - records) / 2;
        KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
        try (Race race = new Race(bench)) {
            race.add(ours(bench, records, half, keys.forThread(0)), 1);
            race.add(theirs(bench, records, half, keys.forThread(0)), 1);
            RaceResult result = race.run();
            Figure figure = Figure.of(id(), work(), Metric.TIME, result.of(0), result.of(1))
                    .goal(goal);
            return RowReport.of(result, List.of(figure));
        }
    }

    private KeepPast ours(Bench bench, int records, int half, Supplier<String> keys) throws Exception {
        KeepProducts products =
                KeepProducts.sqlite(bench.workspace().directory("keep")).load(records);
        int near = records / 10;
        products.update(half - near, keys, Sides.inFlight(records));
        if (snapshot == Snapshot.NEAR) {
            products.snapshot("near");
        }
        products.update(near, keys, Sides.inFlight(records));
        Position middle = products.log().head();
        return new KeepPast(products.update(half, keys, Sides.inFlight(records)), middle, half);
    }

    private static SqliteReplay theirs(Bench bench, int records, int half, Supplier<String> keys) throws Exception {
        SqliteProducts products = SqliteProducts.create(
                        bench.workspace().directory("jdbc"), SqliteProducts.ROWKEEP_AUTOCHECKPOINT)
                .load(records);
        SqliteHistory.write(products, AuditForm.CHANGED_CELL, keys, half);
        long middle = products.newestAudit();
        SqliteHistory.write(products, AuditForm.CHANGED_CELL, keys, half);
        return new SqliteReplay(products, middle, half);
    }
}
