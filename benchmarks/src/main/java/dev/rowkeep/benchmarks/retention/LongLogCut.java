package dev.rowkeep.benchmarks.retention;

import dev.rowkeep.benchmarks.harness.Latencies;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Machine;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.store.KeepOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Drops nine tenths of a log of updates on SQLite, ten for each record, while one writer goes on; its writes are timed before and meanwhile. Or drops
 * contents alone, of all but the newest versions of each record.
 */
public final class LongLogCut {
    /** The options, for a usage message. */
    public static final String USAGE = "retention [RECORDS [DIRECTORY [VERSIONS]]]";

    private static final int MOST_IN_FLIGHT = 1024;
    private static final int UPDATES_OF_A_RECORD = 10;
    private static final long SECONDS_BEFORE = 10;
    private static final Duration OLD = Duration.ofDays(2);
    private static final RetentionPolicy YOUNG = RetentionPolicy.keepFor(Duration.ofDays(1));

    private final RetentionPolicy policy;
    private final MovedClock clock = new MovedClock();
    private final int records;
    private final Path directory;
    private final PrintStream out;
    private volatile boolean isOver;

    private LongLogCut(RetentionPolicy policy, int records, Path directory, PrintStream out) {
        this.policy = policy;
        this.records = records;
        this.directory = directory;
        this.out = out;
    }

    /**
     * Runs once, with so many records, below {@code directory}; false if what was acknowledged is not there.
     *
     * @param versions how many versions of each record keep their contents; 0 to drop the oldest commits
     */
    public static boolean run(int records, Path directory, int versions, PrintStream out) throws Exception {
        RetentionPolicy policy = versions == 0 ? YOUNG : RetentionPolicy.keepVersions(versions);
        try (Workspace workspace = new Workspace(directory)) {
            boolean isSound = new LongLogCut(policy, records, workspace.directory("retention"), out).run();
            Machine.describe(workspace.root()).forEach(line -> out.println("- " + line));
            return isSound;
        }
    }

    private boolean run() throws Exception {
        KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
        int inFlight = Math.min(MOST_IN_FLIGHT, records / 2);
        int updates = Math.multiplyExact(records, UPDATES_OF_A_RECORD);
        try (KeepProducts products = open().load(records).update(updates - records, keys.forThread(1), inFlight)) {
            clock.move(OLD);
            products.update(records, keys.forThread(1), inFlight);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_BEFORE);
            report("before", writes(work(products), () -> System.nanoTime() >= until));
        }
        long before = Workspace.bytes(directory);
        boolean isSound;
        try (KeepProducts products = open()) {
            products.cache(Products.keys(records));
            isSound = cut(products);
        }
        out.printf(Locale.ROOT, "files, closed: %,d bytes before, %,d after%n", before, Workspace.bytes(directory));
        return isSound;
    }

    private KeepProducts open() {
        return KeepProducts.sqlite(
                directory, ProductSchema.PLAIN, KeepOptions.defaults().clock(clock));
    }

    private Work work(KeepProducts products) {
        return KeepWriting.byClosure()
                .on(products.store(), KeyChoice.uniform(Products.keys(records)).forThread(0));
    }

    private boolean cut(KeepProducts products) throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<Latencies> meanwhile = writer.submit(() -> writes(work(products), () -> isOver));
            long began = System.nanoTime();
            long[] goneAfter = new long[1];
            long[] gone = new long[1];
            RetentionResult result = products.retention().apply(policy, progress -> {
                if (progress.dropped() + progress.emptied() > gone[0]) {
                    gone[0] = progress.dropped() + progress.emptied();
                    goneAfter[0] = System.nanoTime() - began;
                }
                return true;
            });
            double seconds = (System.nanoTime() - began) / 1e9;
            isOver = true;
            out.printf(
                    Locale.ROOT,
                    "%,d commits and the contents of %,d changes dropped in %.1f s, %,.0f/s; %.1f s with their space given back%n",
                    result.dropped(),
                    result.emptied(),
                    goneAfter[0] / 1e9,
                    gone[0] / (goneAfter[0] / 1e9),
                    seconds);
            report("meanwhile", meanwhile.get(1, TimeUnit.MINUTES));
        } finally {
            isOver = true;
            writer.shutdown();
        }
        boolean isSound = products.log().verify().problem().isEmpty();
        out.println("verify(): " + (isSound ? "sound" : "NOT SOUND"));
        return isSound;
    }

    private static Latencies writes(Work work, Callable<Boolean> isDone) throws Exception {
        Latencies times = new Latencies();
        while (!isDone.call()) {
            long began = System.nanoTime();
            work.run();
            times.add(System.nanoTime() - began);
        }
        return times;
    }

    private void report(String when, Latencies times) {
        out.printf(
                Locale.ROOT,
                "%s: %,d writes, median %.3f ms, p99 %.3f ms, slowest %.1f ms%n",
                when,
                times.total(),
                times.nanosAt(0.5) / 1e6,
                times.nanosAt(0.99) / 1e6,
                times.slowestNanos() / 1e6);
    }
}
