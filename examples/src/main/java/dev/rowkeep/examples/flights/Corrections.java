package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.Order;
import dev.rowkeep.record.VersionedRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** All correctors at once on the latest flights, while an analyst asks for the delays of all. */
final class Corrections {
    private static final int FLIGHTS = 500;

    private Corrections() {}

    /**
     * What came of it.
     *
     * @param edits how many corrections were made
     * @param minutes how many minutes they took off together
     * @param analyst what the analyst got meanwhile
     * @param took how long it took
     */
    record Report(long edits, long minutes, Analyst.Work analyst, Duration took) {
        void print(PrintStream out) {
            out.printf(
                    "   %,9d  corrections in %.1f s, each on disk before its writer went on%n",
                    edits, took.toMillis() / 1e3);
            out.printf("   %,9d  minutes taken off%n", minutes);
            out.printf("   %,9d  analyses of all flights meanwhile, each as of one moment%n", analyst.queries());
            out.printf(
                    "   %,9d  of them had lost a flight or a correction%s%n",
                    analyst.wrong(), analyst.wrong() == 0 ? "" : ": THIS MUST NOT BE");
        }
    }

    /** Lets each corrector make {@code each} corrections of a store with {@code flights} flights. */
    static Report run(RowKeep keep, long flights, int each) throws InterruptedException {
        List<String> ids = latest(keep);
        AtomicLong acknowledged = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(Corrector.ALL.size() + 1);
        long started = System.nanoTime();
        try {
            List<Future<Long>> correctors = new ArrayList<>();
            for (Corrector corrector : Corrector.ALL) {
                correctors.add(threads.submit(() -> corrector.correct(keep, ids, each, acknowledged)));
            }
            Analyst analyst = new Analyst(keep, flights, acknowledged);
            Future<Analyst.Work> analyses =
                    threads.submit(() -> analyst.work(() -> !correctors.stream().allMatch(Future::isDone)));
            long minutes = 0;
            for (Future<Long> corrector : correctors) {
                minutes += corrector.get();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            return new Report(acknowledged.get(), minutes, analyses.get(), took);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A corrector or the analyst failed", e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> latest(RowKeep keep) {
        return keep.store(Flight.SCHEMA).query().orderBy(Order.descending(Flight.DELAY)).limit(FLIGHTS).list().stream()
                .map(VersionedRecord::key)
                .toList();
    }
}
