package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.chart.SmallMultiples;
import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.DiskProbe;
import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.report.Machine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Lets the log of one store grow and measures at one size after the other what it costs. */
public final class Scale {
    /** How many updates compile the code before anything counts. */
    private static final int WARM_UP_UPDATES = 400_000;

    private final ScaleSettings settings;
    private final PrintStream out;
    private final Workspace workspace;
    private final DiskProbe disk;

    private Scale(ScaleSettings settings, PrintStream out, Workspace workspace) {
        this.settings = settings;
        this.out = out;
        this.workspace = workspace;
        this.disk = new DiskProbe(workspace.root().resolve("probe"));
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
        warmUp();
        ScaleReport report = new ScaleReport(settings);
        GrowingStore store = loaded();
        Bench bench = new Bench(settings.run(), workspace, disk);
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

    /** Does everything once on a store that is thrown away, so that the first size is not the one that everything is compiled at. */
    private void warmUp() throws Exception {
        Settings run = settings.run();
        Settings once = new Settings(run.rows(), run.seconds(), 1, run.directory(), run.records(), 1);
        GrowingStore scratch = loaded();
        scratch.growTo(Math.min(settings.mostLogRows(), scratch.logRows() + WARM_UP_UPDATES));
        Probe.measure(new Bench(once, workspace, disk), scratch);
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
