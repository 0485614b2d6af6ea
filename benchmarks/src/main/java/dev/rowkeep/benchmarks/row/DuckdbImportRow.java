package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.duckdb.KeepTables;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Imports;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.nio.file.Path;
import java.util.List;

/** B1D: a bulk import into a new store, validated and logged, until everything is in the database file. */
final class DuckdbImportRow implements Row {
    @Override
    public String id() {
        return "B1D";
    }

    @Override
    public String work() {
        return "DuckDB, bulk import, validated, with log, and closed; theirs fills the same tables by appenders";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int count = bench.settings().many();
        Effort once = Effort.operations(1);
        KeepTables tables = emptyTables(bench);
        try (Race race = new Race(bench)) {
            race.add(
                    new Imports(
                            "rowkeep",
                            "session.commit of " + KeepProducts.IMPORT_BATCH + " inserts a time, records: " + count,
                            bench.workspace(),
                            count,
                            (directory, records) -> {
                                KeepProducts.duckdb(directory).load(records).close();
                                return () -> {};
                            }),
                    1,
                    once);
            race.add(
                    new Imports(
                            "jdbc-duckdb-appender",
                            "an appender a table in one transaction, CHECKPOINT, into " + tables.perRecord(),
                            bench.workspace(),
                            count,
                            (directory, records) -> {
                                tables.load(directory.resolve("jdbc.duckdb"), records, KeepProducts.IMPORT_BATCH);
                                return () -> {};
                            }),
                    1,
                    once);
            RaceResult result = race.run();
            Figure figure = Figure.of(id(), work(), Metric.RATE, result.of(0), result.of(1))
                    .storedIn(KeepStorage.DUCKDB.id())
                    .goal(Goal.atLeast(0.6));
            return RowReport.of(result, List.of(figure));
        }
    }

    private static KeepTables emptyTables(Bench bench) throws Exception {
        Path directory = bench.workspace().directory("empty");
        KeepProducts.duckdb(directory).close();
        return KeepTables.of(KeepStorage.databaseIn(directory));
    }
}
