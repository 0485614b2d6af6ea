package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** History that is older than it needs to be kept is dropped, and a report that is pinned stays what it was. */
public final class LetGo {
    private LetGo() {}

    // tag::retention[]
    record Reading(@Key String sensor, long value) {}

    static final Schema<String, Reading> READINGS = Schema.of(String.class, Reading.class);

    static List<String> run(RowKeep keep, Runnable aYearPasses) {
        RecordStore<String, Reading> readings = keep.store(READINGS);
        readings.insert(new Reading("north", 20));
        readings.insert(new Reading("south", 25));
        Position unpinned = keep.log().head();
        readings.update("north", reading -> new Reading("north", 21));
        Position report = keep.snapshots().create("annual report").position();
        aYearPasses.run();
        readings.update("north", reading -> new Reading("north", 30));

        RetentionPolicy policy = RetentionPolicy.keepFor(Duration.ofDays(90));
        RetentionResult result = keep.session(Author.job("nightly"))
                .retention()
                .apply(policy, progress -> progress.dropped() < 1_000_000); // The rest another night.

        List<String> told = new ArrayList<>();
        told.add("dropped: " + result.dropped() + " commits");
        told.add("report: " + readings.asOf(report).get("north").orElseThrow().value());
        told.add("at the cut: "
                + readings.asOf(result.oldest()).get("north").orElseThrow().value());
        told.add("now: " + readings.get("north").orElseThrow().value());
        try {
            readings.asOf(unpinned);
        } catch (HistoryDroppedException e) {
            told.add("too old: the log begins at commit " + e.oldest().sequence());
        }
        told.add("verified: " + keep.log().verify().isClean());
        return told;
    }
    // end::retention[]
}
