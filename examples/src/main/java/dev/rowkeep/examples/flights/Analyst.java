package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.SqlRow;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Asks for the delay by hour over and over, and checks each answer. Used by one thread. */
final class Analyst {
    private static final String BY_HOUR = """
            SELECT floor(time) AS hour, count(*) AS flights, avg(delay) AS late, sum(_version - 1) AS corrections
            FROM flights GROUP BY hour""";

    private final RowKeep keep;
    private final long flights;
    private final AtomicLong acknowledged;
    private long seen;
    private long wrong;

    /**
     * Creates an analyst.
     *
     * @param flights how many there are, whatever is corrected
     * @param acknowledged how many corrections are on disk
     */
    Analyst(RowKeep keep, long flights, AtomicLong acknowledged) {
        this.keep = keep;
        this.flights = flights;
        this.acknowledged = acknowledged;
    }

    /**
     * What the analyst got.
     *
     * @param queries how many answers
     * @param wrong how many of them had lost a flight, or a correction that was on disk or seen before
     */
    record Work(long queries, long wrong) {}

    /** Asks while {@code goOn} says so, and once more. */
    Work work(BooleanSupplier goOn) {
        long queries = 0;
        boolean more = true;
        while (more) {
            more = goOn.getAsBoolean();
            ask();
            queries++;
        }
        return new Work(queries, wrong);
    }

    private void ask() {
        long least = Math.max(seen, acknowledged.get());
        List<SqlRow> hours = keep.sql().select(BY_HOUR);
        seen = sum(hours, "corrections");
        if (sum(hours, "flights") != flights || seen < least) {
            wrong++;
        }
    }

    private static long sum(List<SqlRow> rows, String column) {
        return rows.stream().mapToLong(row -> row.require(column, Long.class)).sum();
    }
}
