package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.store.ReadView;
import dev.rowkeep.store.RecordStore;
import java.util.ArrayList;
import java.util.List;

/** Months that are closed under a name: opened, compared, and dropped. */
public final class NameThePast {
    private NameThePast() {}

    // tag::snapshots[]
    record Budget(@Key String team, long cents) {}

    static final Schema<String, Budget> BUDGETS = Schema.of(String.class, Budget.class);

    static List<String> run(RowKeep keep) {
        RecordStore<String, Budget> budgets = keep.store(BUDGETS);
        Snapshots snapshots = keep.session(Author.user("ana")).snapshots();
        budgets.insert(new Budget("cameras", 5_000));
        budgets.insert(new Budget("sound", 3_000));
        Snapshot october = snapshots.create("2026-10");

        budgets.update("sound", budget -> new Budget("sound", 3_500));
        budgets.insert(new Budget("light", 2_000));
        Snapshot november = snapshots.create("2026-11");
        budgets.delete("cameras");

        List<String> told = new ArrayList<>();
        for (Snapshot snapshot : snapshots.list()) {
            told.add(snapshot.name() + ": " + snapshot.records() + " records, by " + snapshot.author());
        }
        ReadView<String, Budget> then = budgets.asOf(october.position());
        told.add("then: " + then.get("sound").orElseThrow().value());
        for (RecordDiff<String> diff : budgets.diff(october.position(), november.position())) {
            told.add("in november: " + diff.key() + " " + diff.fromVersion() + " to " + diff.toVersion());
        }
        for (RecordDiff<String> diff :
                budgets.diff(november.position(), keep.log().head())) {
            told.add("since: " + diff.key() + " " + diff.fromVersion() + " to " + diff.toVersion());
        }
        told.add("dropped: " + snapshots.drop("2026-10"));
        return told;
    }
    // end::snapshots[]
}
