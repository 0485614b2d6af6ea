package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.query.SqlRow;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of delay in each hour of the day, as of one moment.
 *
 * @param minutes by the hour in which the flights were
 */
record DelaysByHour(Map<Long, Long> minutes) {
    /** The columns are {@code hour} and {@code minutes}. */
    static final String NOW = select("flights");

    private static final String AS_OF = select("rowkeep_as_of_flights(?)");
    private static final int SHOWN = 5;

    private static String select(String flights) {
        return "SELECT floor(time)::BIGINT AS hour, sum(delay) AS minutes FROM " + flights + " GROUP BY hour";
    }

    /** As they are now. */
    static DelaysByHour now(RowKeep keep) {
        return of(keep, NOW);
    }

    /** As they were after the commit at {@code position}. */
    static DelaysByHour asOf(RowKeep keep, Position position) {
        return of(keep, AS_OF, position.sequence());
    }

    private static DelaysByHour of(RowKeep keep, String sql, @Nullable Object... parameters) {
        Map<Long, Long> minutes = new TreeMap<>();
        for (SqlRow row : keep.sql().select(sql, parameters)) {
            minutes.put(row.require("hour", Long.class), row.require("minutes", Long.class));
        }
        return new DelaysByHour(minutes);
    }

    /** All hours together. */
    long total() {
        return minutes.values().stream().mapToLong(Long::longValue).sum();
    }

    private long in(long hour) {
        return minutes.getOrDefault(hour, 0L);
    }

    /** Prints the hours that differ most from {@code then}, and the sum of all. */
    void printAgainst(DelaysByHour then, PrintStream out) {
        out.printf("   %5s  %12s  %12s  %12s%n", "hour", "then", "now", "difference");
        List<Long> most = minutes.keySet().stream()
                .sorted(Comparator.comparing(hour -> in(hour) - then.in(hour)))
                .limit(SHOWN)
                .sorted()
                .toList();
        most.forEach(hour -> printRow(out, hour.toString(), then.in(hour), in(hour)));
        printRow(out, "all", then.total(), total());
    }

    private static void printRow(PrintStream out, String name, long then, long now) {
        out.printf("   %5s  %,12d  %,12d  %,12d%n", name, then, now, now - then);
    }
}
