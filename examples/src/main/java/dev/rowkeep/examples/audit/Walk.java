package dev.rowkeep.examples.audit;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.examples.Film;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the steps share: the films, the office's clock, a folder for files, and the place in the log where the editing began. */
final class Walk {
    /** Spider-Man, of 121 minutes. */
    static final String SPIDER_MAN = Film.idOf(2826);

    /** Titanic, on the shelf Thriller/Suspense. */
    static final String TITANIC = Film.idOf(2971);

    private final RowKeep keep;
    private final OfficeClock clock;
    private final Path folder;
    private final PrintStream out;
    private final Position imported;

    /** A walk over the films of {@code keep}, which have just been imported. */
    Walk(RowKeep keep, OfficeClock clock, Path folder, PrintStream out) {
        this.keep = keep;
        this.clock = clock;
        this.folder = folder;
        this.out = out;
        this.imported = keep.log().head();
    }

    RowKeep keep() {
        return keep;
    }

    OfficeClock clock() {
        return clock;
    }

    Path folder() {
        return folder;
    }

    /** The newest commit of the import. */
    Position imported() {
        return imported;
    }

    RecordStore<String, Film> films() {
        return keep.store(Film.SCHEMA);
    }

    Session person(String name) {
        return keep.session(Author.user(name));
    }

    Film film(String id) {
        return films().get(id).orElseThrow().value();
    }

    /** Prints a line. */
    void say(String form, @Nullable Object... values) {
        out.printf("   " + form + "%n", values);
    }

    /** The changes of cells in words. */
    static String told(List<CellChange> cells) {
        return cells.stream()
                .map(cell -> cell.column() + " " + cell.before() + " → " + cell.after())
                .collect(Collectors.joining(", "));
    }
}
