package dev.rowkeep.benchmarks;

import dev.rowkeep.benchmarks.footprint.Footprint;
import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.report.Guard;
import dev.rowkeep.benchmarks.report.Machine;
import dev.rowkeep.benchmarks.report.Report;
import dev.rowkeep.benchmarks.report.RowLines;
import dev.rowkeep.benchmarks.retention.LongLogCut;
import dev.rowkeep.benchmarks.row.Row;
import dev.rowkeep.benchmarks.row.Rows;
import dev.rowkeep.benchmarks.scale.Scale;
import dev.rowkeep.benchmarks.scale.ScaleSettings;
import dev.rowkeep.benchmarks.soak.Soak;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command line: {@code compare} races RowKeep against what one would use instead, {@code jmh} runs single steps. */
public final class Compare {
    private static final int USAGE = 2;
    private static final int SOAK_MINUTES = 10;

    private Compare() {}

    /** Runs; the exit code is 1 if a row failed, or became worse than the baseline allows, and 2 if
     * the arguments make no sense. A missed target is no failure. */
    public static void main(String[] arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "compare" -> System.exit(compare(rest, false));
            case RowProcess.COMMAND -> System.exit(compare(rest, true));
            case "soak" -> System.exit(soak(rest) ? 0 : 1);
            case "retention" -> System.exit(retention(rest) ? 0 : 1);
            case "scale" -> System.exit(scale(rest));
            case "footprint" -> footprint(rest);
            case "jmh" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
            default -> {
                System.err.println("Usage: " + Settings.USAGE + "\n       " + Soak.USAGE + "\n       "
                        + LongLogCut.USAGE + "\n       " + ScaleSettings.USAGE + "\n       "
                        + Footprint.USAGE + "\n       jmh [options of JMH]");
                System.exit(USAGE);
            }
        }
    }

    private static boolean soak(List<String> options) throws Exception {
        int minutes = options.isEmpty() ? SOAK_MINUTES : Integer.parseInt(options.get(0));
        Path directory = options.size() < 2 ? Settings.parse(List.of()).directory() : Path.of(options.get(1));
        Soak.Pauses pauses = new Soak.Pauses(
                options.size() < 3 ? Soak.Pauses.USUAL.writer() : Long.parseLong(options.get(2)),
                options.size() < 4 ? Soak.Pauses.USUAL.analyst() : Long.parseLong(options.get(3)));
        return Soak.run(minutes, directory, pauses, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private static boolean retention(List<String> options) throws Exception {
        Settings usual = Settings.parse(List.of());
        return LongLogCut.run(
                options.isEmpty() ? usual.records() : Integer.parseInt(options.get(0)),
                options.size() < 2 ? usual.directory() : Path.of(options.get(1)),
                options.size() < 3 ? 0 : Integer.parseInt(options.get(2)),
                new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private static void footprint(List<String> options) throws Exception {
        List<String> named = new ArrayList<>();
        if (!options.isEmpty()) {
            named.addAll(List.of("--dir", options.get(0)));
        }
        if (options.size() > 1) {
            named.addAll(List.of("--rounds", options.get(1)));
        }
        Footprint.run(Settings.parse(named), new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private static int scale(List<String> options) throws Exception {
        ScaleSettings settings;
        try {
            settings = ScaleSettings.parse(options);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
        Scale.run(settings, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        return 0;
    }

    private static int compare(List<String> options, boolean isOneRow) throws Exception {
        Settings settings;
        List<Row> rows;
        Guard guard;
        try {
            List<String> rest = new ArrayList<>(options);
            guard = guard(rest);
            settings = Settings.parse(rest);
            rows = Rows.named(settings.rows());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (isOneRow) {
            RowLines lines = RowProcess.run(rows.get(0), settings);
            lines.write(out);
            return lines.hasFailed() ? 1 : 0;
        }
        return run(settings, rows, guard, out, RowProcess::start) ? 0 : 1;
    }

    /** Takes the options that name an earlier run out of {@code options}. */
    private static Guard guard(List<String> options) {
        Optional<String> baseline = take(options, "--baseline");
        Optional<String> share = take(options, "--fall");
        if (baseline.isEmpty() && share.isPresent()) {
            throw new IllegalArgumentException("--fall needs a --baseline to fall from. Usage: " + Settings.USAGE);
        }
        return baseline.map(file ->
                        Guard.read(Path.of(file), share.map(Double::parseDouble).orElse(Guard.DEFAULT_SHARE)))
                .orElseGet(Guard::none);
    }

    private static Optional<String> take(List<String> options, String name) {
        int at = options.indexOf(name);
        if (at < 0 || at + 1 == options.size()) {
            return Optional.empty();
        }
        options.remove(at);
        return Optional.of(options.remove(at));
    }

    /** A way to run a row. */
    @FunctionalInterface
    interface Runner {
        RowLines run(Row row, Settings settings) throws Exception;
    }

    /** Runs {@code rows} and reports to {@code out}; false if one failed or fell behind the earlier run. */
    static boolean run(Settings settings, List<Row> rows, Guard guard, PrintStream out, Runner runner)
            throws Exception {
        Report report = new Report(out);
        try (Workspace workspace = new Workspace(settings.directory())) {
            report.about(Machine.describe(workspace.root()));
        }
        report.about(List.of("run: " + settings.rounds() + " rounds of " + settings.seconds() + " s a contender, "
                + settings.records()
                + " records; each row in a process of its own; one round to warm up is not counted"));
        try {
            for (Row row : rows) {
                RowLines lines = runner.run(row, settings);
                report.add(lines);
                if (!lines.hasFailed()) {
                    guard.check(lines.figures());
                }
            }
        } finally {
            report.finish();
        }
        if (guard.compared() > 0) {
            out.println("- " + guard.compared() + " figures compared with the baseline");
        }
        guard.worse().forEach(line -> out.println("WORSE than the baseline: " + line));
        return !report.hasFailed() && guard.worse().isEmpty();
    }
}
