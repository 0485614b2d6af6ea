package dev.rowkeep.examples;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.CommitHeader;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that ever happened to one film: who, when, why, from what; and the way back. */
final class OneHistory {
    private OneHistory() {}

    /** Prints the history of the film {@code id}. */
    static void show(RowKeep keep, String id, PrintStream out) {
        for (RecordVersion version : keep.store(Film.SCHEMA).history(id)) {
            CommitHeader commit = version.commit();
            out.printf(
                    "   v%d  by %s%s%n",
                    version.version(),
                    commit.author(),
                    commit.reason().map(reason -> " because \"" + reason + '"').orElse(""));
            out.println("       "
                    + (version.change().kind() == ChangeKind.INSERT
                            ? version.change().cells().size() + " cells inserted"
                            : cells(version.change().cells())));
        }
    }

    /** Takes the film {@code id} back to its first version, as a new version. */
    static void revert(RowKeep keep, String id, PrintStream out) {
        RecordStore<String, Film> films = keep.store(Film.SCHEMA).as(keep.session(Author.user("eva")));
        long last = films.get(id).orElseThrow().version();
        out.printf("   from v1 to v%d: %s%n", last, cells(films.diff(id, 1, last)));
        VersionedRecord<String, Film> back = films.revert(id, 1).orThrow();
        out.printf(
                "   eva reverts to v1: it is v%d now, and %d cells differ from v1%n",
                back.version(), films.diff(id, 1, back.version()).size());
    }

    private static String cells(List<CellChange> cells) {
        return cells.stream()
                .map(cell -> cell.column() + " " + cell.before() + " → " + cell.after())
                .collect(Collectors.joining(", "));
    }
}
