package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.jdbc.DriverOpening;
import dev.rowkeep.benchmarks.keep.KeepOpening;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.OpenHeap;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.report.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * O1: opening a store with a long log, without snapshots and with some, by what the driver takes to open its file and the 100 ms that it may be
 * longer; and the heap that the open store holds, by what a small one does. The target speaks of a million records and ten million changes:
 * {@code --records 1000000}.
 */
final class OpenRow implements Row {
    private static final Duration ALLOWANCE = Duration.ofMillis(100);
    private static final int SNAPSHOTS = 10;
    private static final String BESIDE = ", " + SNAPSHOTS + " snapshots beside it";

    @Override
    public String id() {
        return "O1";
    }

    @Override
    public String work() {
        return "SQLite, a store with ten times as many changes as records is opened, a record read, and closed";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().records();
        String key = Products.keys(1)[0];
        Path large = loaded(bench, records, bench.settings().many() - records);
        Path snapshots = withSnapshots(bench, large);
        Path small = loaded(bench, bench.settings().few(), 0);
        try (Race race = new Race(bench)) {
            race.add(new KeepOpening(KeepStorage.SQLITE, large, key), 1);
            race.add(new KeepOpening("rowkeep-with-snapshots", KeepStorage.SQLITE, snapshots, key), 1);
            race.add(new DriverOpening(KeepProducts.sqliteFileIn(large), key, ALLOWANCE), 1);
            RaceResult result = race.run();
            return RowReport.of(
                    result,
                    List.of(
                            time(result, 0, ""),
                            time(result, 1, BESIDE),
                            heap(bench, large, small, key, ""),
                            heap(bench, snapshots, small, key, BESIDE)));
        }
    }

    private Figure time(RaceResult result, int index, String what) {
        return Figure.of(id(), work() + what, Metric.TIME, result.of(index), result.of(2))
                .goal(Goal.atMost(1));
    }

    private static Path loaded(Bench bench, int records, int updates) throws Exception {
        Path directory = bench.workspace().directory("keep");
        try (KeepProducts products = KeepProducts.sqlite(directory).load(records)) {
            KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
            products.update(updates, keys.forThread(0), Sides.inFlight(records));
        }
        return directory;
    }

    /** A copy of the store in {@code directory}, to which snapshots are added. */
    private static Path withSnapshots(Bench bench, Path directory) throws Exception {
        Path copy = bench.workspace().directory("keep-snapshots");
        Workspace.copy(directory, copy);
        try (KeepProducts products = KeepProducts.sqlite(copy)) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                products.snapshot("snapshot-" + i);
            }
        }
        return copy;
    }

    private Figure heap(Bench bench, Path large, Path small, String key, String what) {
        int rounds = bench.settings().rounds();
        Side ours = new Side("rowkeep", OpenHeap.heldBy(KeepStorage.SQLITE, large, key, rounds), null);
        Side theirs = new Side("rowkeep-small", OpenHeap.heldBy(KeepStorage.SQLITE, small, key, rounds), null);
        String all = work() + what + "; heap while it is open, theirs is ours of a small store";
        return new Figure(id(), "sqlite", all, ours, theirs, "bytes", Goal.atMost(1.1), rounds, null);
    }
}
