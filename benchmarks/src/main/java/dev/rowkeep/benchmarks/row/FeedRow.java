package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.feed.FollowedWriters;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Measurement;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.harness.Sample;
import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.report.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * L1: from the acknowledgement of a commit to its delivery to a subscriber in the same and in another process, while threads write at
 * full rate. Its targets are times, so the other side of its figures is the time that is allowed.
 */
final class FeedRow implements Row {
    private static final int WRITERS = 8;
    private static final double SAME_PROCESS_MILLIS = 5;
    private static final double OTHER_PROCESS_MILLIS = 100;

    @Override
    public String id() {
        return "L1";
    }

    @Override
    public String work() {
        return "SQLite, from acknowledgement to a subscriber, 8 writers at full rate";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        KeyChoice keys = KeyChoice.uniform(Products.keys(bench.settings().records()));
        int threads = bench.settings().threads(WRITERS);
        Effort effort = Effort.seconds(bench.settings().seconds());
        Path there = bench.workspace().directory("followed-from-elsewhere");
        try (FollowedWriters same = FollowedWriters.locally(
                        loaded(bench, bench.workspace().directory("followed")), keys, threads, effort);
                FollowedWriters other = FollowedWriters.remotely(loaded(bench, there), there, keys, threads, effort)) {
            RaceResult result = race(bench, same, other);
            return RowReport.of(
                    result,
                    List.of(
                            figure(result.of(0), "same process", SAME_PROCESS_MILLIS),
                            figure(result.of(1), "other process", OTHER_PROCESS_MILLIS)));
        }
    }

    private static KeepProducts loaded(Bench bench, Path directory) {
        return KeepProducts.sqlite(directory).load(bench.settings().records());
    }

    private static RaceResult race(Bench bench, FollowedWriters same, FollowedWriters other) throws Exception {
        List<Sample> here = new ArrayList<>();
        List<Sample> there = new ArrayList<>();
        List<Double> syncRates = new ArrayList<>();
        same.round();
        other.round();
        for (int round = 0; round < bench.settings().rounds(); round++) {
            syncRates.add(bench.disk().syncsPerSecond());
            here.add(same.round());
            there.add(other.round());
        }
        return new RaceResult(
                List.of(
                        new Measurement(same.name(), same.settings(), here),
                        new Measurement(other.name(), other.settings(), there)),
                Stream.of(same.verify(), other.verify())
                        .flatMap(Optional::stream)
                        .toList(),
                Spread.of(syncRates));
    }

    private Figure figure(Measurement ours, String where, double allowed) {
        return new Figure(
                id(),
                "sqlite",
                work() + ", " + where,
                Side.of(ours, Metric.P99),
                new Side("allowed", Spread.of(allowed), null),
                Metric.P99.unit(),
                Goal.atMost(1),
                ours.samples().size(),
                null);
    }
}
