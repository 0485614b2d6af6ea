package dev.rowkeep.benchmarks.soak;

import dev.rowkeep.benchmarks.harness.Latencies;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.store.KeepOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Eight writers and two analysts on one store in DuckDB, for minutes. Says twice a minute how much was done, how long a write took and how
 * much memory is held, and at the end how much that has grown since the first two minutes.
 */
public final class Soak {
    /** The options, for a usage message. */
    public static final String USAGE = "soak [MINUTES [DIRECTORY [WRITERS_PAUSE [ANALYSTS_PAUSE]]]]";

    private static final int WRITERS = 8;
    private static final int ANALYSTS = 2;
    private static final int RECORDS = 100_000;

    /** As many as it takes to fill DuckDB's cache with their blocks before the time begins to count. */
    private static final int LOG_ROWS = 3_000_000;

    private static final int INTERVAL_SECONDS = 30;
    private static final int WARM_UP_MINUTES = 2;
    private static final double NANOS_IN_MILLI = 1e6;

    /** So little that it is all taken soon, and what grows after that is not DuckDB's cache. */
    private static final long DUCKDB_BYTES = 256L << 20;

    /** What the analysts ask, in turn: of the records, of their history, and of the store as it was a while ago. */
    private static final List<String> QUESTIONS = List.of(
            "SELECT category, count(*), sum(quantity), avg(price) FROM product GROUP BY category",
            "SELECT _by, _kind, count(*) FROM rowkeep_history_product GROUP BY ALL",
            "SELECT category, sum(quantity) FROM rowkeep_as_of_product((SELECT greatest(max(sequence) - 1000, 1) FROM rowkeep_commits))"
                    + " GROUP BY category");

    private final PrintStream out;
    private final KeepProducts products;
    private final Pauses pauses;
    private final AtomicLong answers = new AtomicLong();
    private final Object lock = new Object();
    private Latencies recent = new Latencies();
    private volatile boolean isOver;

    /**
     * How long somebody does something else, in milliseconds. Without pauses both fill the cores and the disk, and the log gets thousands of
     * rows more with each second, which DuckDB keeps books of.
     *
     * @param writer after a write
     * @param analyst after an answer
     */
    public record Pauses(long writer, long analyst) {
        /** Some thousand writes a second, and two questions. */
        public static final Pauses USUAL = new Pauses(1, 1000);
    }

    private Soak(PrintStream out, KeepProducts products, Pauses pauses) {
        this.out = out;
        this.products = products;
        this.pauses = pauses;
    }

    /** Runs for {@code minutes} below {@code directory}; false if what was acknowledged is not there. */
    public static boolean run(int minutes, Path directory, Pauses pauses, PrintStream out) throws Exception {
        out.printf(
                Locale.ROOT,
                "%d writers who pause for %,d ms, %d analysts who pause for %,d ms; DuckDB may use %,d MiB, the heap %,d MiB%n",
                WRITERS,
                pauses.writer(),
                ANALYSTS,
                pauses.analyst(),
                DUCKDB_BYTES >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        try (Workspace workspace = new Workspace(directory);
                KeepProducts products = KeepProducts.in(
                                DuckdbStorage.at(KeepStorage.databaseIn(workspace.directory("soak")))
                                        .memoryLimit(DUCKDB_BYTES),
                                ProductSchema.PLAIN,
                                KeepOptions.defaults())
                        .load(RECORDS)
                        .updateInCommits(
                                LOG_ROWS,
                                KeyChoice.shuffled(Products.keys(RECORDS)).forThread(0))) {
            return new Soak(out, products, pauses).run(minutes);
        }
    }

    private boolean run(int minutes) throws Exception {
        ExecutorService crew = Executors.newFixedThreadPool(WRITERS + ANALYSTS);
        List<Future<?>> under = new ArrayList<>();
        KeyChoice keys = KeyChoice.uniform(Products.keys(RECORDS));
        for (int i = 0; i < WRITERS; i++) {
            Work work = KeepWriting.byClosure().on(products.store(), keys.forThread(i));
            under.add(crew.submit(() -> write(work)));
        }
        for (int i = 0; i < ANALYSTS; i++) {
            int first = i;
            under.add(crew.submit(() -> ask(first)));
        }
        try {
            watch(minutes, under);
        } finally {
            isOver = true;
            crew.shutdown();
        }
        for (Future<?> one : under) {
            one.get(1, TimeUnit.MINUTES);
        }
        boolean isSound = products.log().verify().problem().isEmpty();
        out.println("verify(): " + (isSound ? "sound" : "NOT SOUND"));
        return isSound;
    }

    private Void write(Work work) throws Exception {
        while (!isOver) {
            long began = System.nanoTime();
            work.run();
            long nanos = System.nanoTime() - began;
            synchronized (lock) {
                recent.add(nanos);
            }
            Thread.sleep(pauses.writer());
        }
        return null;
    }

    private Void ask(int first) throws InterruptedException {
        for (int i = first; !isOver; i++) {
            if (products.sql().select(QUESTIONS.get(i % QUESTIONS.size())).isEmpty()) {
                throw new IllegalStateException("A group-by gave nothing");
            }
            answers.incrementAndGet();
            Thread.sleep(pauses.analyst());
        }
        return null;
    }

    private void watch(int minutes, List<Future<?>> under) throws Exception {
        Latencies later = new Latencies();
        List<MemoryUse> uses = new ArrayList<>();
        int warmUp = WARM_UP_MINUTES * 60 / INTERVAL_SECONDS;
        for (int i = 1; i <= minutes * 60 / INTERVAL_SECONDS; i++) {
            TimeUnit.SECONDS.sleep(INTERVAL_SECONDS);
            for (Future<?> one : under) {
                if (one.isDone()) {
                    one.get();
                }
            }
            Latencies interval = next();
            MemoryUse use = MemoryUse.now();
            next(); // What waited for these collections of the heap is not the library's doing.
            uses.add(use);
            if (i > warmUp) {
                later.addAll(interval);
            }
            report(i * INTERVAL_SECONDS + " s", interval, use);
        }
        if (uses.size() > warmUp) {
            MemoryUse early = typical(uses.subList(0, warmUp));
            MemoryUse late = typical(uses.subList(Math.max(warmUp, uses.size() - warmUp), uses.size()));
            out.printf(
                    Locale.ROOT,
                    "grown from the first to the last %d minutes: heap %+.1f %%, resident %+.1f %%; p99 is %.1f times the median%n",
                    WARM_UP_MINUTES,
                    growth(early.heap(), late.heap()),
                    growth(early.resident(), late.resident()),
                    (double) later.nanosAt(0.99) / later.nanosAt(0.5));
        }
    }

    private static MemoryUse typical(List<MemoryUse> uses) {
        return new MemoryUse(
                median(uses.stream().mapToLong(MemoryUse::heap)),
                median(uses.stream().mapToLong(MemoryUse::resident)));
    }

    private static long median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double growth(long before, long after) {
        return before == 0 ? 0 : 100.0 * (after - before) / before;
    }

    private Latencies next() {
        synchronized (lock) {
            Latencies interval = recent;
            recent = new Latencies();
            return interval;
        }
    }

    private void report(String at, Latencies interval, MemoryUse use) {
        out.printf(
                Locale.ROOT,
                "%6s: %,d writes, median %.3f ms, p99 %.3f ms, slowest %.1f ms; %,d answers in all; heap %,d MiB, resident %,d MiB%n",
                at,
                interval.total(),
                interval.nanosAt(0.5) / NANOS_IN_MILLI,
                interval.nanosAt(0.99) / NANOS_IN_MILLI,
                interval.slowestNanos() / NANOS_IN_MILLI,
                answers.get(),
                use.heap(),
                use.resident());
    }
}
