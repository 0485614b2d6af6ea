package dev.rowkeep.examples.audit;

import dev.rowkeep.Replica;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.LogSegment;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import java.util.Optional;

/** The same log on DuckDB: the analyst's SQL over what SQLite has, and over every version of it. */
final class AnalystsReplica implements Step {
    private static final int COMMITS_AT_ONCE = 1000;

    @Override
    public String title() {
        return "A replica on DuckDB answers the analyst";
    }

    @Override
    public void show(Walk walk) {
        Position start = walk.keep().log().start();
        try (Replica replica = Replica.open(DuckdbStorage.at(walk.folder().resolve("films.duckdb")), start)) {
            int bytes = 0;
            Optional<LogSegment> next = walk.keep().log().ship(start, COMMITS_AT_ONCE);
            while (next.isPresent()) {
                bytes += next.get().size();
                Position taken = replica.apply(next.get().toByteArray());
                next = walk.keep().log().ship(taken, COMMITS_AT_ONCE);
            }
            walk.say("%,d commits were shipped in %,d KiB", replica.position().sequence(), bytes / 1024);
            for (SqlRow row : replica.keep().sql().select("""
                    SELECT distributor, count(*) AS films, median(minutes) AS minutes FROM films
                    WHERE distributor IS NOT NULL GROUP BY distributor ORDER BY films DESC, distributor LIMIT 3""")) {
                walk.say(
                        "%-20s %4d films, half of them longer than %.0f minutes",
                        row.values().toArray());
            }
            walk.say(
                    "it is the same log: %s",
                    replica.keep().log().anchor().equals(walk.keep().log().anchor()) ? "yes" : "NO");
        }
    }
}
