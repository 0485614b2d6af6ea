package dev.rowkeep.examples;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Resolution;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.io.PrintStream;

/** Two people change one film; the second one gets the conflict as data and answers it cell by cell. */
final class OneConflict {
    private OneConflict() {}

    /** Makes a conflict on the film {@code id}, prints it and answers it. */
    static void show(RowKeep keep, String id, PrintStream out) {
        RecordStore<String, Film> films = keep.store(Film.SCHEMA);
        VersionedRecord<String, Film> read = films.get(id).orElseThrow();
        Session ana = keep.session(Author.user("ana")).because("director's cut");
        films.as(ana)
                .apply(Edit.update(Film.SCHEMA, id)
                        .set(Film.MINUTES, 129L)
                        .set(Film.GENRE, "Horror")
                        .basedOn(read))
                .orThrow();

        Session ben = keep.session(Author.user("ben"));
        Edit<String, Film> bens = Edit.update(Film.SCHEMA, id)
                .set(Film.MINUTES, 117L)
                .set(Film.GENRE, "Drama")
                .set(Film.DISTRIBUTOR, "New Line")
                .basedOn(read);
        if (films.as(ben).apply(bens) instanceof WriteResult.Conflicted<String, Film> conflicted) {
            Conflict<String, Film> conflict = conflicted.conflict();
            print(conflict, out);
            Resolution<String, Film> answer =
                    conflict.resolve().keepTheirs(Film.MINUTES).keepMine(Film.GENRE);
            VersionedRecord<String, Film> answered = films.as(ben.because(answer.summary()))
                    .apply(answer.toEdit())
                    .orThrow();
            out.printf(
                    "   ben keeps theirs for minutes and his for genre; version %d: %d min, %s, %s%n",
                    answered.version(),
                    answered.value().minutes(),
                    answered.value().genre(),
                    answered.value().distributor());
        }
    }

    private static void print(Conflict<String, Film> conflict, PrintStream out) {
        out.println("   " + conflict.message());
        out.printf(
                "   %-10s %-10s %-10s %-10s%n",
                "", "base", "mine (ben)", "theirs (" + conflict.author().orElseThrow() + ")");
        for (CellConflict cell : conflict.cells()) {
            out.printf("   %-10s %-10s %-10s %-10s%n", cell.column(), cell.base(), cell.mine(), cell.theirs());
        }
    }
}
