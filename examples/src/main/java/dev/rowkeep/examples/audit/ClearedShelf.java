package dev.rowkeep.examples.audit;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.examples.Film;
import dev.rowkeep.query.Condition;
import java.util.ArrayList;
import java.util.List;

/** A job changes many records in one commit. */
final class ClearedShelf implements Step {
    /** A shelf of five films. */
    static final String SMALL_SHELF = "Concert/Performance";

    @Override
    public String title() {
        return "A job clears a shelf";
    }

    @Override
    public void show(Walk walk) {
        walk.clock().at("11:00");
        List<Edit<String, Film>> edits = new ArrayList<>();
        walk.films()
                .where(Condition.eq(Film.GENRE, SMALL_SHELF))
                .list()
                .forEach(film -> edits.add(Edit.update(Film.SCHEMA, film.key())
                        .set(Film.GENRE, "Documentary")
                        .expecting(film.version())));
        walk.keep()
                .session(Author.job("shelves"))
                .because("too few films")
                .commit(edits)
                .orThrow();
        walk.say("%d films of %s are documentaries now, in one commit", edits.size(), SMALL_SHELF);
    }
}
