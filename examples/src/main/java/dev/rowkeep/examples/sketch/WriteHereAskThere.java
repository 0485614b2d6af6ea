package dev.rowkeep.examples.sketch;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records are written on SQLite and asked on DuckDB; then the first is lost, and the second takes over. */
public final class WriteHereAskThere {
    private WriteHereAskThere() {}

    // tag::replica[]
    record Sale(@Key String id, String city, long cents) {}

    static final Schema<String, Sale> SALES = Schema.of(String.class, Sale.class);

    static List<String> run(Path directory) throws InterruptedException {
        List<String> told = new ArrayList<>();
        // A write returns when the replica has it, so that it survives the loss of this file.
        KeepOptions confirmed = KeepOptions.defaults().confirmedWithin(Duration.ofSeconds(10));
        RowKeep primary = RowKeep.open(SqliteStorage.at(directory.resolve("sales.db")), confirmed);
        Replica replica = Replica.open(
                DuckdbStorage.at(directory.resolve("sales.duckdb")),
                primary.log().start());
        Position last;
        try (Subscription following = replica.follow(primary)) {
            RecordStore<String, Sale> sales = primary.store(SALES);
            sales.insert(new Sale("s1", "Lyon", 1200));
            sales.insert(new Sale("s2", "Graz", 800));
            last = sales.insert(new Sale("s3", "Lyon", 500)).position();

            // Whoever has the position of a write reads it from the replica.
            replica.keep().log().awaitPosition(last, Duration.ofSeconds(10));
            for (SqlRow row : replica.keep().sql().select("""
                    SELECT city, count(*), sum(cents)::BIGINT FROM sale GROUP BY city ORDER BY city""")) {
                told.add(row.values().toString());
            }
        }
        primary.close();

        // The primary is lost. Its replica goes on with the same log, in a new epoch.
        try (RowKeep promoted = replica.promote(Author.user("ops"))) {
            RecordStore<String, Sale> sales = promoted.store(SALES);
            Position first = sales.insert(new Sale("s4", "Graz", 100)).position();
            told.add("epoch " + last.epoch() + ", commit " + last.sequence() + "; then epoch " + first.epoch()
                    + ", commit " + first.sequence());
            told.add(sales.asOf(last).query().count() + " sales then, "
                    + sales.query().count() + " now");
        }
        return told;
    }
    // end::replica[]
}
