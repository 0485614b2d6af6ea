package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.SqlRow;
import java.time.Duration;
import java.util.List;

/** A question in the storage's own SQL, which can read and nothing else. */
public final class AskInSql {
    private AskInSql() {}

    // tag::sql[]
    /** Who has edited the most products, whatever they are now. */
    static List<String> busiest(RowKeep keep) {
        List<SqlRow> rows = keep.sql()
                .timeout(Duration.ofSeconds(2))
                .select("SELECT author, count(*) AS edits FROM rowkeep_changes WHERE version > ? GROUP BY author", 1);
        return rows.stream()
                .map(row -> row.require("author", String.class) + ": " + row.require("edits", Long.class))
                .toList();
    }
    // end::sql[]
}
