package dev.rowkeep.examples;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.log.Verification;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The tour: imports 3,201 films as dirty as they were published, lets eight editors loose on them, answers a conflict, reads and
 * reverts a history, and proves the log. Each run makes a store of its own in {@code target/quickstart}.
 */
public final class QuickStart {
    /** A film that the crowd leaves alone. */
    static final String FILM = Film.idOf(2826);

    private final RowKeep keep;
    private final EventCounts events;
    private final PrintStream out;

    private QuickStart(RowKeep keep, EventCounts events, PrintStream out) {
        this.keep = keep;
        this.events = events;
        this.out = out;
    }

    /** Runs the tour. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Path.of("target", "quickstart");
        Files.createDirectories(folder);
        Path file = freshFile(folder);
        run(file, () -> EditingCrowd.lasting(Duration.ofSeconds(2)), out);
        LookInside.print(file, out);
    }

    private static Path freshFile(Path folder) {
        int number = 1;
        while (Files.exists(folder.resolve("films-" + number + ".db"))) {
            number++;
        }
        return folder.resolve("films-" + number + ".db");
    }

    /** Runs the tour on a new store in {@code file}; {@code shift} is asked when the editors begin, and then whether they go on. */
    static Tour run(Path file, Supplier<BooleanSupplier> shift, PrintStream out) throws InterruptedException {
        EventCounts events = new EventCounts();
        try (RowKeep keep =
                RowKeep.open(SqliteStorage.at(file), KeepOptions.defaults().listener(events))) {
            return new QuickStart(keep, events, out).tour(shift);
        }
    }

    /** What the stations of the tour found. */
    record Tour(ImportReport imported, CrowdReport crowd, Verification verification) {}

    private Tour tour(Supplier<BooleanSupplier> shift) throws InterruptedException {
        out.println("1. Import: every row is judged, what passes lands in atomic batches");
        keep.store(Film.SCHEMA);
        ImportReport imported =
                FilmImport.run(keep.session(Author.job("import")).because("vega-datasets 3.2.1"), FilmRows.read());
        imported.print(out);

        out.printf("%n2. Eight editors on the same twenty films%n");
        CrowdReport crowd = EditingCrowd.run(keep, events, shift.get());
        crowd.print(out);

        out.printf("%n3. A conflict is data%n");
        OneConflict.show(keep, FILM, out);

        out.printf("%n4. The history of %s%n", FILM);
        OneHistory.show(keep, FILM, out);
        OneHistory.revert(keep, FILM, out);

        out.printf("%n5. Proof%n");
        Verification verification = keep.log().verify();
        out.printf(
                "   %,d commits and %,d records checked against the hash chain: %s%n",
                verification.commits(),
                verification.records(),
                verification.problem().orElse("nothing is wrong"));
        out.println("   anchor to keep elsewhere: " + keep.log().anchor().hash());
        return new Tour(imported, crowd, verification);
    }
}
