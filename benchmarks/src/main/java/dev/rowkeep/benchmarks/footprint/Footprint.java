package dev.rowkeep.benchmarks.footprint;

import dev.rowkeep.benchmarks.harness.DiskProbe;
import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Machine;
import dev.rowkeep.benchmarks.report.Report;
import dev.rowkeep.benchmarks.report.RowLines;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.report.Side;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Counts the jars that RowKeep and its peers need for one durable update, and times processes from their start to their end with it. */
public final class Footprint {
    /** The options, for a usage message. */
    public static final String USAGE = "footprint [DIRECTORY [ROUNDS]]";

    private static final String ID = "J1";
    private static final double BYTES_IN_MB = 1e6;
    private static final double NANOS_IN_MILLI = 1e6;

    private final Settings settings;
    private final List<ColdStart> starts = new ArrayList<>();
    private final List<List<Double>> millis = new ArrayList<>();
    private final List<Double> syncRates = new ArrayList<>();

    private Footprint(Settings settings) {
        this.settings = settings;
    }

    /**
     * Prints a figure a line for each peer, and a table.
     *
     * @param settings the directory and the rounds
     * @throws IllegalStateException if a process did not make its update
     */
    public static void run(Settings settings, PrintStream out) throws Exception {
        run(settings, List.of(Candidate.values()), out);
    }

    /** The same with some of the candidates, the first of which is ours. */
    static void run(Settings settings, List<Candidate> candidates, PrintStream out) throws Exception {
        Report report = new Report(out);
        try (Workspace workspace = new Workspace(settings.directory())) {
            report.about(Machine.describe(workspace.root()));
            report.about(List.of("run: " + settings.rounds()
                    + " processes a candidate, in turn; one before, to see what is loaded, is not counted"));
            Footprint footprint = new Footprint(settings);
            footprint.measure(candidates, workspace);
            report.add(RowLines.of(ID, footprint.report(), settings));
        }
        report.finish();
    }

    private void measure(List<Candidate> candidates, Workspace workspace) throws IOException, InterruptedException {
        DiskProbe disk = new DiskProbe(workspace.root().resolve("probe"));
        ClassPath all = ClassPath.of(System.getProperty("java.class.path"));
        for (Candidate candidate : candidates) {
            starts.add(new ColdStart(candidate, workspace, all));
            millis.add(new ArrayList<>());
        }
        for (int round = 0; round < settings.rounds(); round++) {
            syncRates.add(disk.syncsPerSecond());
            for (int i = 0; i < starts.size(); i++) {
                millis.get(i).add(starts.get(i).run() / NANOS_IN_MILLI);
            }
        }
    }

    private RowReport report() throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ColdStart start = starts.get(i);
            jars.add(start.candidate().title() + ": " + start.jars().names());
            if (i > 0) {
                figures.add(figure(i, "jars that it needs", "jars", count(0), count(i)));
                figures.add(figure(i, "their size", "MB", megabytes(0), megabytes(i)));
                figures.add(figure(i, "from the start of the process to its end", "ms", time(0), time(i)));
            }
        }
        return new RowReport(figures, jars, List.of(), Spread.of(syncRates));
    }

    private Figure figure(int peer, String what, String unit, Spread ours, Spread theirs) {
        return new Figure(
                ID,
                "sqlite",
                "a new process makes a store, one durable update, and ends: " + what,
                new Side(starts.get(0).candidate().title(), ours, null),
                new Side(starts.get(peer).candidate().title(), theirs, null),
                unit,
                null,
                settings.rounds(),
                null);
    }

    private Spread count(int candidate) {
        return Spread.of((double) starts.get(candidate).jars().entries().size());
    }

    private Spread megabytes(int candidate) throws IOException {
        return Spread.of(starts.get(candidate).jars().bytes() / BYTES_IN_MB);
    }

    private Spread time(int candidate) {
        return Spread.of(millis.get(candidate));
    }
}
