package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Resolution;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;

/** An edit that says which version it stands on, and a conflict that is answered cell by cell. */
public final class AnswerConflict {
    private AnswerConflict() {}

    // tag::conflict[]
    record Page(@Key String slug, String title, String body, long words) {}

    static final Schema<String, Page> PAGES = Schema.of(String.class, Page.class);
    static final Column<String> TITLE = PAGES.column("title", String.class);
    static final Column<String> BODY = PAGES.column("body", String.class);
    static final Column<Long> WORDS = PAGES.column("words", Long.class);

    /** Ben's page after his conflict with Ana is answered. */
    static VersionedRecord<String, Page> run(RowKeep keep) {
        RecordStore<String, Page> pages = keep.store(PAGES);
        RecordStore<String, Page> asAna = pages.as(keep.session(Author.user("ana")));
        RecordStore<String, Page> asBen = pages.as(keep.session(Author.user("ben")));
        VersionedRecord<String, Page> read = asAna.insert(new Page("home", "Welcom", "Hello", 1));

        // Strict: exactly the version that was read, or a conflict about the whole record.
        asAna.apply(Edit.update(PAGES, "home").set(TITLE, "Welcome").expecting(read.version()))
                .orThrow();

        // Cell by cell: what nobody else touched lands, what both changed comes back.
        Edit<String, Page> edit = Edit.update(PAGES, "home")
                .set(TITLE, "Welcome!")
                .set(BODY, "Hello, world")
                .set(WORDS, 2L)
                .basedOn(read);
        WriteResult<String, Page> result = asBen.apply(edit);
        if (result instanceof WriteResult.Conflicted<String, Page> conflicted) {
            Conflict<String, Page> conflict = conflicted.conflict();
            // Here a form shows base, mine and theirs of each of conflict.cells(), and who wrote theirs when.
            Resolution<String, Page> answer = conflict.resolve().keepTheirs(TITLE);
            result = asBen.apply(answer.toEdit());
        }
        return result.orThrow();
    }
    // end::conflict[]
}
