package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.chart.SmallMultiples;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.DiskProbe;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.report.Machine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Lets the log of one store grow and measures at one size after the other what it costs. */
public final class Scale {
    /** How many updates compile the code before anything counts. */
    private static final int WARM_UP_UPDATES = 400_000;

    /** How often everything is measured before: with one, an update took twice the CPU at the first size that counted. */
    private static final int WARM_UP_MEASURES = 2;

    private final ScaleSettings settings;
    private final PrintStream out;
    private final Workspace workspace;

    private Scale(ScaleSettings settings, PrintStream out, Workspace workspace) {
        this.settings = settings;
        this.out = out;
        this.workspace = workspace;
    }

    /**
     * Prints to {@code out} a figure a line as soon as a size is done, and at the end a table; writes the chart if one is asked for. The
     * store's files are deleted afterwards.
     *
     * @throws IllegalStateException if an update was lost or the past came out other than it was
     */
    public static void run(ScaleSettings settings, PrintStream out) throws Exception {
        try (Workspace workspace = new Workspace(settings.run().directory())) {
            new Scale(settings, out, workspace).run();
        }
    }

    private void run() throws Exception {
        Machine.describe(workspace.root()).forEach(line -> out.println("- " + line));
        out.println("- " + title() + "; rounds: " + settings.run().rounds());
        out.println();
        Bench bench = new Bench(
                settings.run(), workspace, new DiskProbe(workspace.root().resolve("probe")));
        warmUp(bench);
        ScaleReport report = new ScaleReport(settings);
        GrowingStore store = loaded();
        for (int size : settings.sizes()) {
            // Measured updates may have passed it.
            if (size >= store.logRows()) {
                grow(store, size);
                report.add(Probe.measure(bench, store)).forEach(out::println);
            }
        }
        out.println();
        report.table().forEach(out::println);
        if (settings.chart().isPresent()) {
            Path file = settings.chart().get();
            SmallMultiples.write(file, title(), "log rows", report.panels());
            out.println();
            out.println("- chart: " + file);
        }
    }

    private String title() {
        return "RowKeep on " + settings.storage().title() + ", "
                + settings.run().records() + " records, by the length of the log";
    }

    /** Does everything on a store that is thrown away, so that the first size is not the one that everything is compiled at. */
    private void warmUp(Bench bench) throws Exception {
        GrowingStore scratch = loaded();
        scratch.growTo(Math.min(settings.mostLogRows(), scratch.logRows() + WARM_UP_UPDATES));
        for (int i = 0; i < WARM_UP_MEASURES; i++) {
            Probe.measure(bench, scratch);
        }
        Workspace.delete(scratch.directory());
    }

    private GrowingStore loaded() throws Exception {
        return GrowingStore.load(
                settings.storage(), workspace.directory("scale"), settings.run().records());
    }

    private void grow(GrowingStore store, int size) throws Exception {
        int before = store.logRows();
        long began = System.nanoTime();
        store.growTo(size);
        out.printf(
                Locale.ROOT,
                "- %d log rows, %d of them new in %.1f s%n",
                size,
                size - before,
                (System.nanoTime() - began) / 1e9);
    }
}
