package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.duckdb.DuckdbQuestion;
import dev.rowkeep.benchmarks.duckdb.DuckdbTables;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepQuestion;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.store.KeepOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Q2: the records, and then the log, grouped by SQL on DuckDB; against the same by hand, and against ourselves on SQLite. */
final class GroupByRow implements Row {
    private static final int LOG_ROWS_PER_RECORD = 10;
    private static final List<Question> QUESTIONS =
            List.of(new Question("records by category", """
                    SELECT category, count(*) AS records, CAST(sum(quantity) AS BIGINT) AS pieces, max(weight) AS heaviest
                    FROM product GROUP BY category ORDER BY category"""), new Question("log by author", """
                    SELECT author, count(*) AS changes, max(version) AS newest, max(sequence) AS until
                    FROM rowkeep_changes GROUP BY author ORDER BY author"""));

    private record Question(String what, String sql) {}

    @Override
    public String id() {
        return "Q2";
    }

    @Override
    public String work() {
        return "DuckDB, group-by through keep.sql(), " + LOG_ROWS_PER_RECORD
                + " log rows a record, which take minutes to load";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        Path directory = bench.workspace().directory("keep");
        Path other = bench.workspace().directory("keep");
        CompletableFuture<KeepProducts> loading =
                CompletableFuture.supplyAsync(() -> loaded(bench, KeepStorage.SQLITE, other));
        loaded(bench, KeepStorage.DUCKDB, directory).close();
        // There are six entrants: the row should not take longer than others.
        Effort effort = Effort.seconds(bench.settings().seconds() / 3);
        try (DuckdbTables tables = DuckdbTables.copied(
                        KeepStorage.databaseIn(directory),
                        bench.workspace().directory("jdbc"),
                        List.of("product", "rowkeep_changes"));
                KeepProducts duckdb = KeepProducts.duckdb(directory);
                KeepProducts sqlite = loading.join();
                Race race = new Race(bench)) {
            List<Asked> asked = new ArrayList<>();
            for (Question question : QUESTIONS) {
                Asked one = Asked.of(question, duckdb, tables, sqlite);
                race.add(one.ours(), 1, effort).add(one.byHand(), 1, effort).add(one.sqlite(), 1, effort);
                asked.add(one);
            }
            RaceResult result = race.run();
            asked.forEach(Asked::requireOneAnswer);
            return RowReport.of(result, figures(result));
        }
    }

    /** A question to each of the three that are raced. */
    private record Asked(KeepQuestion ours, DuckdbQuestion byHand, KeepQuestion sqlite) {
        static Asked of(Question question, KeepProducts duckdb, DuckdbTables tables, KeepProducts sqlite) {
            return new Asked(
                    new KeepQuestion("rowkeep", duckdb, question.sql()),
                    new DuckdbQuestion("jdbc-duckdb", tables, question.sql()),
                    new KeepQuestion("rowkeep-sqlite", sqlite, question.sql()));
        }

        void requireOneAnswer() {
            Sides.requireEqual(ours.answer(), byHand.answer());
            Sides.requireEqual(ours.answer(), sqlite.answer());
        }
    }

    private List<Figure> figures(RaceResult result) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < QUESTIONS.size(); i++) {
            String work = work() + ", " + QUESTIONS.get(i).what();
            int ours = 3 * i;
            figures.add(Figure.of(id(), work, Metric.TIME, result.of(ours), result.of(ours + 1))
                    .storedIn(KeepStorage.DUCKDB.id())
                    .goal(Goal.atMost(1.2)));
            figures.add(Figure.of(id(), work, Metric.RATE, result.of(ours), result.of(ours + 2))
                    .storedIn(KeepStorage.DUCKDB.id())
                    .goal(Goal.atLeast(10)));
        }
        return figures;
    }

    private static KeepProducts loaded(Bench bench, KeepStorage storage, Path directory) {
        int records = bench.settings().many();
        KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
        KeepOptions resident = KeepOptions.defaults().cachedRecords(records);
        return KeepProducts.in(storage, directory, ProductSchema.PLAIN, resident)
                .load(records)
                .updateInCommits((LOG_ROWS_PER_RECORD - 1) * records, keys.forThread(0));
    }
}
