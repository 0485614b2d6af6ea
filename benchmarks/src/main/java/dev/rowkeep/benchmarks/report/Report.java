package dev.rowkeep.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints a run: the JSON lines as soon as a row is done, and the table at the end. */
public final class Report {
    private final PrintStream out;
    private final List<String> table = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private boolean hasFailed;

    /** A report that prints to {@code out}. */
    public Report(PrintStream out) {
        this.out = out;
    }

    /** Prints lines about the machine and the run. */
    public void about(List<String> lines) {
        lines.forEach(line -> out.println("- " + line));
        out.println();
    }

    /** Adds a row. */
    public void add(RowLines row) {
        hasFailed |= row.hasFailed();
        row.figures().forEach(out::println);
        table.addAll(row.table());
        settings.addAll(row.settings());
    }

    /** Whether a row failed. A missed target is no failure. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** Prints the table and every contender's settings. */
    public void finish() {
        out.println();
        out.println(MarkdownTable.head());
        table.forEach(out::println);
        out.println();
        settings.forEach(out::println);
        out.flush();
    }
}
