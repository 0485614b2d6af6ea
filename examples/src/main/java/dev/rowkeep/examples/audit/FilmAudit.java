package dev.rowkeep.examples.audit;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.examples.Film;
import dev.rowkeep.examples.FilmImport;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A working day on 3,175 films, and what its history is good for: undo after others have edited, the past, differences, blame, the
 * auditor's file, a snapshot, a backup, a replica on another engine, letting go of what is old, and erasing what belongs
 * to a person. Each run makes a store of its own in {@code target/audit}.
 */
public final class FilmAudit {
    /** In this order: each goes on from what the one before has left. */
    private static final List<Step> STEPS = List.of(
            new TwoEditors(),
            new UndoBesideOthers(),
            new UndoInTheWay(),
            new ClearedShelf(),
            new ThenAndNow(),
            new WhatDiffers(),
            new WhoSetIt(),
            new WhoChangedWhat(),
            new AuditFile(),
            new ClosedDay(),
            new NightlyBackup(),
            new AnalystsReplica(),
            new YearLater(),
            new ForgottenDirector());

    private FilmAudit() {}

    /** Takes the walk. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = freshFolder(Path.of("target", "audit"));
        run(folder, out);
        out.printf("%nEverything is in %s; delete it when you have seen it.%n", folder);
    }

    private static Path freshFolder(Path parent) throws IOException {
        Files.createDirectories(parent);
        int number = 1;
        while (Files.exists(parent.resolve("run-" + number))) {
            number++;
        }
        return Files.createDirectory(parent.resolve("run-" + number));
    }

    /** Takes the walk with a new store in {@code folder}. */
    static void run(Path folder, PrintStream out) throws IOException {
        OfficeClock clock = new OfficeClock();
        try (RowKeep keep = RowKeep.open(
                SqliteStorage.at(folder.resolve("films.db")),
                KeepOptions.defaults().clock(clock))) {
            clock.at("09:00");
            keep.store(Film.SCHEMA);
            int films = FilmImport.all(keep.session(Author.job("import")).because("vega-datasets 3.2.1"));
            out.printf("%,d films are imported; a working day begins%n", films);
            Walk walk = new Walk(keep, clock, folder, out);
            int number = 0;
            for (Step step : STEPS) {
                out.printf("%n%d. %s%n", ++number, step.title());
                step.show(walk);
            }
        }
    }
}
