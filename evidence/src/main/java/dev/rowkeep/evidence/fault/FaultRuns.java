package dev.rowkeep.evidence.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A program, run with {@code faults.c} preloaded: tries every fault, or some, and writes down what was wrong. */
final class FaultRuns {
    /** How often a run may have fewer calls than asked for, before it is believed that no run has as many. */
    private static final int MISSES = 3;

    /** There are far more writes than other calls; steps between those are shorter by this. */
    private static final int WRITES_PER_OTHER_CALL = 6;

    private final Path directory;
    private final FaultControl control;
    private final List<String> report = new ArrayList<>();
    private int trials;

    private FaultRuns(Path directory, FaultControl control) {
        this.directory = directory;
        this.control = control;
    }

    /** What became of the trials of one kind. */
    private static final class Sum {
        private final Map<String, Integer> outcomes = new TreeMap<>();
        private int trials;
        private int most;
        private int injected;
        private int refusedReads;
        private int problems;
    }

    /**
     * Runs in {@code args[0]}, with the control file {@code args[1]}, in steps of {@code args[3]} writes, fewer of other calls, one of syncs, from
     * places drawn with the seed {@code args[2]}, and reports to the file {@code args[4]}: a line per kind, and one that starts with {@code BAD} per problem.
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off"); // Failures are wanted here, and judged.
        FaultRuns runs = new FaultRuns(Path.of(args[0]), new FaultControl(Path.of(args[1])));
        Random random = new Random(Long.parseLong(args[2]));
        int step = Integer.parseInt(args[3]);
        for (Fault.Call call : Fault.Call.values()) {
            for (Fault.Answer answer : Fault.Answer.values()) {
                for (boolean isSticky : new boolean[] {false, true}) {
                    if (answer.fits(call)) {
                        int each = each(call, step);
                        runs.runAll(new Fault(call, answer, isSticky, 1 + random.nextInt(each)), each);
                    }
                }
            }
        }
        Files.write(Path.of(args[4]), runs.report);
    }

    /** Every sync, always: only there it is easy to tell a writer something that is not so. */
    private static int each(Fault.Call call, int step) {
        return switch (call) {
            case WRITE, READ -> step;
            case SYNC, MAP -> 1;
            case TRUNCATE, OPEN -> Math.max(1, step / WRITES_PER_OTHER_CALL);
        };
    }

    private void runAll(Fault first, int step) throws IOException {
        long started = System.nanoTime();
        Sum sum = new Sum();
        int misses = 0;
        for (int number = first.number(); misses < MISSES; number += step) {
            Fault fault = new Fault(first.call(), first.answer(), first.isSticky(), number);
            misses = run(fault, sum) < number ? misses + 1 : 0;
        }
        if (sum.injected == 0) {
            report.add("BAD no fault was injected: " + first);
        }
        report.add(String.format(
                "%s %s %s: %d trials with a fault at 1 to %d in steps of %d, %d faults, writes %s, reads refused %d, problems %d, %d ms",
                first.call(),
                first.answer(),
                first.isSticky() ? "from then on" : "once",
                sum.trials,
                sum.most,
                step,
                sum.injected,
                sum.outcomes,
                sum.refusedReads,
                sum.problems,
                (System.nanoTime() - started) / 1_000_000));
    }

    private int run(Fault fault, Sum sum) throws IOException {
        Path place = Files.createDirectory(directory.resolve("trial-" + trials++));
        Ledger ledger = new Ledger();
        FaultTrial trial = new FaultTrial(place, control, fault, ledger);
        int counted = trial.run();
        if (counted >= fault.number()) {
            sum.trials++;
            sum.most = fault.number();
        }
        sum.injected += control.injected();
        sum.refusedReads += trial.refusedReads();
        sum.problems += ledger.problems().size();
        ledger.entries()
                .values()
                .forEach(entry -> sum.outcomes.merge(entry.outcome().name(), 1, Integer::sum));
        ledger.failures().forEach((failure, times) -> sum.outcomes.merge(failure, times, Integer::sum));
        ledger.problems().forEach(problem -> report.add("BAD " + fault + ": " + problem));
        delete(place);
        return counted;
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
