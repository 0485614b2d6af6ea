package dev.rowkeep.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** How to look into a store without this library: it is an SQLite file with one plain table a store. */
final class LookInside {
    /** Statements that answer over the films and their log. */
    static final List<String> STATEMENTS = List.of(
            "SELECT title, votes, rating, _version, _by FROM films ORDER BY votes DESC LIMIT 5",
            "SELECT sequence, datetime(time / 1000000, 'unixepoch') AS utc, author, reason"
                    + " FROM rowkeep_commits ORDER BY sequence DESC LIMIT 5",
            "SELECT version, author, reason FROM rowkeep_changes WHERE key = '" + QuickStart.FILM
                    + "' ORDER BY version");

    private LookInside() {}

    static void print(Path file, PrintStream out) {
        out.printf("%n6. Look inside: the store is a plain SQLite file%n");
        STATEMENTS.forEach(sql -> out.printf("   sqlite3 -box %s \"%s\"%n", file, sql));
    }
}
