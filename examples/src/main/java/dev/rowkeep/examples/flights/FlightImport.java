package dev.rowkeep.examples.flights;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Parsed;
import dev.rowkeep.store.Session;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings the flights into the store: each is judged first, and those that pass land in batches, each batch whole or not at all. */
final class FlightImport {
    private static final int BATCH = 1_000;

    private final Session session;
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<Edit<String, Flight>> batch = new ArrayList<>(BATCH);
    private int accepted;
    private int rejected;
    private int commits;

    private FlightImport(Session session) {
        this.session = session;
    }

    /**
     * What became of the lines.
     *
     * @param accepted how many are in the store
     * @param rejected how many are not
     * @param reasons how many of these broke which rule
     * @param commits how many commits brought the others
     * @param took how long it all took, the reading included
     */
    record Report(int accepted, int rejected, Map<String, Integer> reasons, int commits, Duration took) {
        int lines() {
            return accepted + rejected;
        }

        void print(PrintStream out) {
            out.printf(
                    "   %,d lines: %,d accepted in %,d commits, %,d rejected%n", lines(), accepted, commits, rejected);
            reasons.forEach((reason, lines) -> out.printf("   %,9d  %s%n", lines, reason));
            out.printf(
                    "   %.1f s, %,d rows a second, each batch on disk before the next%n",
                    took.toMillis() / 1e3, Math.round(lines() * 1e9 / took.toNanos()));
        }
    }

    /** Imports the first {@code most} flights as {@code session}. */
    static Report run(Session session, int most) {
        FlightImport job = new FlightImport(session);
        long started = System.nanoTime();
        FlightRows.read(most, job::take);
        job.flush();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return new Report(job.accepted, job.rejected, job.reasons, job.commits, took);
    }

    private void take(Map<String, String> row) {
        Parsed<Flight> parsed = Flight.SCHEMA.parse(row);
        parsed.value().ifPresentOrElse(this::add, () -> refuse(parsed.verdict().violations()));
    }

    private void add(Flight flight) {
        accepted++;
        batch.add(Edit.insert(Flight.SCHEMA, flight));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void refuse(List<CellVerdict.Rejected> violations) {
        rejected++;
        violations.forEach(
                violation -> reasons.merge(violation.column() + ", rule " + violation.rule(), 1, Integer::sum));
    }

    private void flush() {
        if (!batch.isEmpty()) {
            session.commit(batch).orThrow();
            commits++;
            batch.clear();
        }
    }
}
