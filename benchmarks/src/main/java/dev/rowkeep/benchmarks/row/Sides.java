package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.BetterOf;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Entrant;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteWriters;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
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
        return new KeepWriters(name, loadedKeep(), writing, keys);
    }

    /** RowKeep on SQLite with the run's records. */
    KeepProducts loadedKeep() throws Exception {
        return KeepProducts.sqlite(bench.workspace().directory("keep")).load(records());
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

    /** The keys of the run's records. */
    String[] keys() {
        return Products.keys(records());
    }

    /** How many writes may be under way at once over {@code keys} in turn without two of one record. */
    static int inFlight(int keys) {
        return Math.min(MOST_IN_FLIGHT, keys / 4);
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
}
