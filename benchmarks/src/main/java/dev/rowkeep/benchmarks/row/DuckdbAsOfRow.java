package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.duckdb.DuckdbQuestion;
import dev.rowkeep.benchmarks.duckdb.DuckdbTables;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepQuestion;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.List;
import java.util.function.Supplier;

/** H2D: a question about a whole store as of the middle of its updates, in SQL, against the best SQL over a table of deltas. */
final class DuckdbAsOfRow implements Row {
    private static final String OURS = """
            SELECT count(*), CAST(sum(price) AS VARCHAR), CAST(sum(quantity) AS BIGINT) FROM rowkeep_as_of_product(?)""";

    /** Of each cell the first value that a later change found, where there is one; no record that was inserted later. */
    private static final String THEIRS = """
            SELECT count(*), CAST(sum(coalesce(undone.price, product.price)) AS VARCHAR),
              CAST(sum(coalesce(undone.quantity, product.quantity)) AS BIGINT)
            FROM product FULL JOIN (
              SELECT sku, arg_min(kind, sequence) AS kind, arg_min(old_price, sequence) AS price,
                arg_min(old_quantity, sequence) AS quantity
              FROM audit WHERE sequence > ? GROUP BY sku) AS undone ON undone.sku = product.sku
            WHERE undone.kind IS NULL OR undone.kind <> 'INSERT'""";

    @Override
    public String id() {
        return "H2D";
    }

    @Override
    public String work() {
        return "DuckDB, count and sums of the whole store as of the middle of its log, by SQL";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().records();
        int half = (bench.settings().many() - records) / 2;
        KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
        try (KeepProducts products = KeepProducts.duckdb(bench.workspace().directory("keep"));
                DuckdbTables tables = DuckdbTables.withDeltas(
                        bench.workspace().directory("jdbc"), records, 2 * half, keys.forThread(0));
                Race race = new Race(bench)) {
            KeepQuestion ours =
                    new KeepQuestion("rowkeep", products, OURS, middle(products, records, half, keys.forThread(0)));
            DuckdbQuestion theirs = new DuckdbQuestion("jdbc-duckdb-deltas", tables, THEIRS, (long) records + half);
            race.add(ours, 1);
            race.add(theirs, 1);
            RaceResult result = race.run();
            Sides.requireEqual(ours.answer(), theirs.answer());
            Figure figure = Figure.of(id(), work(), Metric.TIME, result.of(0), result.of(1))
                    .storedIn(KeepStorage.DUCKDB.id())
                    .goal(Goal.atMost(1.2));
            return RowReport.of(result, List.of(figure));
        }
    }

    /** Loads and updates the products; the commit after half of the updates. */
    private static long middle(KeepProducts products, int records, int half, Supplier<String> keys) throws Exception {
        int inFlight = Sides.inFlight(records);
        long sequence =
                products.load(records).update(half, keys, inFlight).log().head().sequence();
        products.update(half, keys, inFlight);
        return sequence;
    }
}
