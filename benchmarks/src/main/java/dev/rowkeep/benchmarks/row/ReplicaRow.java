package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.keep.FollowedWriter;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.keep.ReplicaBootstrap;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import java.util.List;

/**
 * RS, RD: how fast a replica takes a log in, against the fastest way to write on its primary; and how long a write takes until it is on a replica, against
 * the write alone.
 *
 * @param id the row
 * @param storage where the replica is
 */
record ReplicaRow(String id, KeepStorage storage) implements Row {
    @Override
    public String work() {
        return storage.title() + ", a replica of a log on SQLite";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().few();
        int inFlight = Sides.inFlight(records);
        KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
        KeepWriting blocking = KeepWriting.expectingTheVersionRead();
        try (Race race = new Race(bench)) {
            KeepProducts log = loaded(bench, records).update(bench.settings().records(), keys.forThread(1), inFlight);
            race.add(new ReplicaBootstrap(log, storage, bench.workspace()), 1);
            race.add(writers(bench, "rowkeep-async", records, KeepWriting.withoutWaiting(inFlight), keys), 1);
            race.add(
                    new FollowedWriter(
                            loaded(bench, records), storage, bench.workspace().directory("follower"), keys),
                    1);
            race.add(writers(bench, "rowkeep", records, blocking, keys), 1);
            RaceResult result = race.run();
            String taken = work() + ", commits taken in from its start; theirs is the primary, applyAsync";
            String visible = work() + ", a write until a replica in the process has it; theirs is the write";
            return RowReport.of(
                    result,
                    List.of(
                            Figure.of(id, taken, Metric.RATE, result.of(0), result.of(1))
                                    .storedIn(storage.id()),
                            Figure.of(id, visible, Metric.TIME, result.of(2), result.of(3))
                                    .storedIn(storage.id()),
                            Figure.of(id, visible, Metric.P99, result.of(2), result.of(3))
                                    .storedIn(storage.id())));
        }
    }

    private static KeepProducts loaded(Bench bench, int records) throws Exception {
        return KeepProducts.sqlite(bench.workspace().directory("keep")).load(records);
    }

    private static KeepWriters writers(Bench bench, String name, int records, KeepWriting writing, KeyChoice keys)
            throws Exception {
        return new KeepWriters(name, loaded(bench, records), writing, keys);
    }
}
