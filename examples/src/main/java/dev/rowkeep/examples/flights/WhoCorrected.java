package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.SqlRow;
import java.io.PrintStream;
import java.util.List;

/**
 * What one author has changed for one reason, from the history of all flights.
 *
 * @param author who
 * @param origin whether a user or a job
 * @param reason why
 * @param corrections how many versions
 * @param flights of how many flights
 * @param minutes what the delays have gained by them
 */
record WhoCorrected(String author, String origin, String reason, long corrections, long flights, long minutes) {
    private static final String BY_AUTHOR = """
            SELECT made._by, made._origin, reason, count(*) AS corrections,
                count(DISTINCT made.id) AS flights, sum(made.delay - found.delay) AS minutes
            FROM rowkeep_history_flights made
            JOIN rowkeep_history_flights found ON found._change = made._previous
            JOIN rowkeep_commits commits ON commits.sequence = made._sequence
            WHERE made._kind = 'UPDATE'
            GROUP BY ALL ORDER BY made._by, reason""";

    /** Everyone who has changed a flight, by name and reason. */
    static List<WhoCorrected> all(RowKeep keep) {
        return keep.sql().select(BY_AUTHOR).stream().map(WhoCorrected::of).toList();
    }

    private static WhoCorrected of(SqlRow row) {
        return new WhoCorrected(
                row.require("_by", String.class),
                row.require("_origin", String.class),
                row.require("reason", String.class),
                row.require("corrections", Long.class),
                row.require("flights", Long.class),
                row.require("minutes", Long.class));
    }

    void print(PrintStream out) {
        out.printf(
                "   %-12s %-5s %,6d corrections of %,d flights, %,d minutes, because \"%s\"%n",
                author, origin, corrections, flights, minutes, reason);
    }
}
