package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.ExportedLog;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.LogPage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An audit: who changed which prices, told and as a file. */
final class WhoChangedWhat {
    private WhoChangedWhat() {}

    // tag::audit[]
    record Article(@Key String sku, String name, long cents) {}

    static final Schema<String, Article> ARTICLES = Schema.of(String.class, Article.class);
    static final Column<Long> CENTS = ARTICLES.column("cents", Long.class);

    static List<String> run(RowKeep keep, Path folder) {
        RecordStore<String, Article> articles = keep.store(ARTICLES);
        articles.as(keep.session(Author.job("import"))).insert(new Article("A", "Lamp", 1990));
        RecordStore<String, Article> anas = articles.as(keep.session(Author.user("ana")));
        anas.update("A", article -> new Article("A", "Desk lamp", article.cents()));
        anas.update("A", article -> new Article("A", article.name(), 1790));

        // What people did to prices, a page at a time.
        LogFilter prices = LogFilter.of(ARTICLES).columns(CENTS).origin(Origin.USER);
        List<String> told = new ArrayList<>();
        Position at = keep.log().start();
        LogPage page;
        do {
            page = keep.log().read(at, prices, 100);
            for (Commit commit : page.commits()) {
                for (Change change : commit.changes()) {
                    told.add(commit.header().author() + " " + change.key() + " " + change.cells());
                }
            }
            at = page.upTo();
        } while (!page.isLast());

        // All of it, for the auditor.
        ExportedLog file = keep.log().exportTo(folder).write("articles.jsonl");
        told.add(file.changes() + " changes in " + file.path().getFileName());
        return told;
    }
    // end::audit[]
}
