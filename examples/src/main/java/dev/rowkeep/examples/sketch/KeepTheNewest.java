package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import java.util.ArrayList;
import java.util.List;

/** Of a record that changes all the time, the contents of the newest versions are kept, and who made the others. */
public final class KeepTheNewest {
    private KeepTheNewest() {}

    // tag::newest-versions[]
    record Gauge(@Key String name, long level) {}

    static final Schema<String, Gauge> GAUGES = Schema.of(String.class, Gauge.class);

    static List<String> run(RowKeep keep) {
        RecordStore<String, Gauge> gauges = keep.store(GAUGES);
        gauges.insert(new Gauge("tank", 0));
        for (long level = 1; level <= 9; level++) {
            long risen = level;
            gauges.update("tank", gauge -> new Gauge("tank", risen));
        }

        RetentionPolicy policy = RetentionPolicy.keepAll().keepVersions("gauge", 3);
        RetentionResult result = keep.retention().apply(policy);

        List<String> told = new ArrayList<>();
        told.add("contents dropped: of " + result.emptied() + " changes");
        told.add("history: " + gauges.history("tank", 100).size() + " versions");
        told.add("version 7: level "
                + gauges.asOf("tank", 7).orElseThrow().value().level());
        try {
            gauges.asOf("tank", 6);
        } catch (HistoryDroppedException e) {
            told.add("version 6: not known any more");
        }
        Commit second = keep.log()
                .read(keep.log().start(), LogFilter.of(GAUGES), 10)
                .commits()
                .get(1);
        Change change = second.changes().get(0);
        told.add("commit 2: " + change.kind() + " of " + change.key() + " by "
                + second.header().author().name() + ", contents " + change.contents());
        told.add("verified: " + keep.log().verify().isClean());
        return told;
    }
    // end::newest-versions[]
}
