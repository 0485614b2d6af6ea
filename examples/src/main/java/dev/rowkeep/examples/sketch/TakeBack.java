package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.util.List;

/** Commits that their author takes back and brings back, and others' that stay. */
public final class TakeBack {
    private TakeBack() {}

    // tag::undo[]
    record Item(@Key String sku, String name, long stock) {}

    static final Schema<String, Item> ITEMS = Schema.of(String.class, Item.class);
    static final Column<String> NAME = ITEMS.column("name", String.class);
    static final Column<Long> STOCK = ITEMS.column("stock", Long.class);

    /** Ana's last undo, which Ben's edit stands in the way of. */
    static CommitResult run(RowKeep keep) {
        RecordStore<String, Item> items = keep.store(ITEMS);
        items.insert(new Item("A-1", "Lamp", 10));
        Session ana = keep.session(Author.user("ana"));
        Session ben = keep.session(Author.user("ben"));

        ana.commit(List.of(Edit.update(ITEMS, "A-1").set(NAME, "Desk lamp").expecting(1)));
        ben.commit(List.of(Edit.update(ITEMS, "A-1").set(STOCK, 8L).expecting(2)));
        ana.undo().orThrow(); // A lamp again, and the stock stays Ben's.
        ana.redo().orThrow(); // A desk lamp.

        ben.commit(List.of(Edit.update(ITEMS, "A-1").set(NAME, "Lantern").expecting(5)));
        return ana.undo(); // Refused: a conflict with base "Desk lamp", mine "Lamp", theirs "Lantern".
    }

    /** The edits that would take back the last thing ana did, for a form that asks whether she is sure. */
    static List<Edit<?, ?>> preview(Session ana) {
        return ana.toUndo().map(commit -> ana.inverseOf(commit.position())).orElse(List.of());
    }
    // end::undo[]
}
