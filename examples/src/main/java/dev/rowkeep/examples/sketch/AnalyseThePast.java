package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.query.ExportedFile;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import java.nio.file.Path;
import java.util.List;

/** A store in DuckDB as it was at a place in the log, and as a file for others. */
public final class AnalyseThePast {
    private AnalyseThePast() {}

    // tag::analytics[]
    record Delivery(@Key String id, String region, long minutes) {}

    static final Schema<String, Delivery> DELIVERIES = Schema.of(String.class, Delivery.class);

    /** The mean delivery of each region as it was at a place in the log, beside what it is now that some were corrected. */
    static List<SqlRow> thenAndNow(RowKeep keep, Position then) {
        return keep.sql().select("""
                SELECT now.region, avg(was.minutes) AS mean_then, avg(now.minutes) AS mean_now
                FROM rowkeep_as_of_delivery(?) AS was JOIN delivery AS now USING (id)
                GROUP BY now.region ORDER BY now.region""", then.sequence());
    }

    /** Every version of every delivery in one file, with who made it and when. */
    static ExportedFile history(RowKeep keep, Path folder) {
        return keep.sql().exportTo(folder).write("deliveries.parquet", "SELECT * FROM rowkeep_history_delivery");
    }
    // end::analytics[]
}
