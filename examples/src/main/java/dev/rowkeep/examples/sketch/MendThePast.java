package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.util.ArrayList;
import java.util.List;

/** A job that went wrong: what it changed, who else was there, and everything back but what people did since. */
public final class MendThePast {
    private MendThePast() {}

    // tag::history[]
    record Price(@Key String sku, long cents, String note) {}

    static final Schema<String, Price> PRICES = Schema.of(String.class, Price.class);
    static final Column<Long> CENTS = PRICES.column("cents", Long.class);

    static List<String> run(RowKeep keep) {
        RecordStore<String, Price> prices = keep.store(PRICES);
        for (String sku : List.of("A", "B", "C")) {
            prices.insert(new Price(sku, 1000, ""));
        }
        Position before = keep.log().head();

        // A job lowers all prices by mistake, and Ana writes a note meanwhile.
        Session job = keep.session(Author.job("discounts"));
        List<Edit<String, Price>> edits = new ArrayList<>();
        for (String sku : List.of("A", "B", "C")) {
            edits.add(Edit.update(PRICES, sku).set(CENTS, 1L).expecting(1));
        }
        Position mistake = ((CommitResult.Committed) job.commit(edits)).position();
        prices.as(keep.session(Author.user("ana"))).update("B", price -> new Price("B", price.cents(), "sold out"));

        List<String> told = new ArrayList<>();
        for (RecordDiff<String> diff : prices.diff(before, keep.log().head())) {
            told.add(diff.key() + " " + diff.cells());
        }
        prices.blame("B")
                .forEach((column, version) ->
                        told.add("B's " + column + " is by " + version.commit().author()));

        // Only what the job did is taken back: Ana's note stays.
        keep.session(Author.user("support")).undo(mistake).orThrow();
        told.add(prices.get("B").orElseThrow().value().toString());

        // Everything as it was before, her note too.
        prices.restore(before).orThrow();
        told.add(prices.get("B").orElseThrow().value().toString());
        return told;
    }
    // end::history[]
}
