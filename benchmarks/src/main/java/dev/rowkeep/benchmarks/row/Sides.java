package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.duckdb.DuckdbProducts;
import dev.rowkeep.benchmarks.duckdb.DuckdbWriters;
import dev.rowkeep.benchmarks.duckdb.KeyIndex;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.BetterOf;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Entrant;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteWriters;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import java.util.ArrayList;
import java.util.List;

/** Makes the contenders of the rows that write, each with its own loaded files. */
final class Sides {
    /** How many writes a thread that does not wait keeps under way, where there are keys enough. */
    private static final int MOST_IN_FLIGHT = 1024;

    private final Bench bench;

    Sides(Bench bench) {
        this.bench = bench;
    }

    /** Our side. */
    KeepWriters keep(String name, KeepWriting writing, KeyChoice keys) throws Exception {
        return keep(KeepStorage.SQLITE, name, writing, keys);
    }

    /** Our side on either storage. */
    KeepWriters keep(KeepStorage storage, String name, KeepWriting writing, KeyChoice keys) throws Exception {
        return new KeepWriters(name, loadedKeep(storage), writing, keys);
    }

    /** RowKeep with the run's records. */
    private KeepProducts loadedKeep(KeepStorage storage) throws Exception {
        return KeepProducts.in(storage, bench.workspace().directory("keep")).load(records());
    }

    /** A hand-written baseline with the WAL limit that it runs best with: SQLite's default, or RowKeep's. */
    Entrant baseline(Baseline baseline, KeyChoice keys, int threads) throws Exception {
        return BetterOf.of(List.of(
                () -> baseline(baseline, keys, threads, SqliteProducts.DEFAULT_AUTOCHECKPOINT),
                () -> baseline(baseline, keys, threads, SqliteProducts.ROWKEEP_AUTOCHECKPOINT)));
    }

    private Entrant baseline(Baseline baseline, KeyChoice keys, int threads, int walAutocheckpoint) throws Exception {
        SqliteProducts products = loadedSqlite(walAutocheckpoint);
        return new Entrant(
                baseline.on(products, keys),
                threads,
                Effort.seconds(bench.settings().seconds()));
    }

    /** The hand-written tables with the run's records. */
    SqliteProducts loadedSqlite(int walAutocheckpoint) throws Exception {
        return SqliteProducts.create(bench.workspace().directory("jdbc"), walAutocheckpoint)
                .load(records());
    }

    /** A hand-written baseline on DuckDB as it runs best: with a primary key or none, with one thread a statement or all. */
    Entrant duckdbBaseline(DuckdbBaseline baseline, KeyChoice keys, int threads) throws Exception {
        List<BetterOf.Entry> entries = new ArrayList<>();
        for (KeyIndex index : KeyIndex.values()) {
            for (int perStatement : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
                entries.add(() -> duckdbEntrant(baseline, keys, threads, createDuckdb(index, perStatement)));
            }
        }
        return BetterOf.of(entries);
    }

    private DuckdbProducts createDuckdb(KeyIndex index, int threads) throws Exception {
        return DuckdbProducts.create(bench.workspace().directory("jdbc"), index, threads)
                .load(records());
    }

    private Entrant duckdbEntrant(DuckdbBaseline baseline, KeyChoice keys, int threads, DuckdbProducts products)
            throws Exception {
        return new Entrant(
                baseline.on(products, keys),
                threads,
                Effort.seconds(bench.settings().seconds()));
    }

    /** The keys of the run's records. */
    String[] keys() {
        return Products.keys(records());
    }

    /** How many writes may be under way at once over {@code keys} in turn without two of one record. */
    static int inFlight(int keys) {
        return Math.min(MOST_IN_FLIGHT, keys / 4);
    }

    /**
     * Checks that two sides found the same.
     *
     * @throws IllegalStateException if they did not
     */
    static void requireEqual(Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException("RowKeep answers " + ours + ", the other side " + theirs);
        }
    }

    private int records() {
        return bench.settings().records();
    }

    /** One of the ways to share a database by hand. */
    @FunctionalInterface
    interface Baseline {
        /** Writers on {@code products}. */
        SqliteWriters on(SqliteProducts products, KeyChoice keys) throws Exception;
    }

    /** One of the ways to share a DuckDB database by hand. */
    @FunctionalInterface
    interface DuckdbBaseline {
        /** Writers on {@code products}. */
        DuckdbWriters on(DuckdbProducts products, KeyChoice keys) throws Exception;
    }
}
