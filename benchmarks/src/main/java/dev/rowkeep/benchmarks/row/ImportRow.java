package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Imports;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.List;

/** B1: a bulk import into a new store, validated and logged, until everything is durable. */
final class ImportRow implements Row {
    @Override
    public String id() {
        return "B1";
    }

    @Override
    public String work() {
        return "SQLite, bulk import, validated, with log";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int count = bench.settings().many();
        Effort once = Effort.operations(1);
        try (Race race = new Race(bench)) {
            race.add(
                    new Imports(
                            "rowkeep",
                            "session.commit of " + KeepProducts.IMPORT_BATCH + " inserts a time, records: " + count,
                            bench.workspace(),
                            count,
                            (directory, records) ->
                                    KeepProducts.sqlite(directory).load(records)),
                    1,
                    once);
            race.add(
                    new Imports(
                            "jdbc-sqlite-values",
                            "100-row VALUES for records and audit, 10,000 records a transaction, synchronous=FULL",
                            bench.workspace(),
                            count,
                            (directory, records) -> SqliteProducts.create(
                                            directory, SqliteProducts.ROWKEEP_AUTOCHECKPOINT)
                                    .load(records)),
                    1,
                    once);
            RaceResult result = race.run();
            Figure figure = Figure.of(id(), work(), Metric.RATE, result.of(0), result.of(1))
                    .goal(Goal.atLeast(0.6));
            return RowReport.of(result, List.of(figure));
        }
    }
}
