package dev.rowkeep.evidence.fault;

import dev.rowkeep.evidence.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A program, run with {@code faults.c} preloaded: tries every fault, or some, and writes down what was wrong. */
final class FaultRuns {
    /** How often a run may have fewer calls than asked for, before it is believed that no run has as many. */
    private static final int MISSES = 3;

    /** There are far more writes than other calls; steps between those are shorter by this. */
    private static final int WRITES_PER_OTHER_CALL = 6;

    /** No run has fewer of the other calls, so that a step of this length meets one. */
    private static final int LONGEST_STEP_OF_OTHER_CALLS = 5;

    /** There may be so many calls of a kind, as far as is known before the first run. */
    private static final int MANY_CALLS = 100;

    private final Engine engine;
    private final Path directory;
    private final FaultControl control;
    private final Random random;
    private final List<String> report = new ArrayList<>();
    private int trials;

    private FaultRuns(Engine engine, Path directory, FaultControl control, Random random) {
        this.engine = engine;
        this.directory = directory;
        this.control = control;
        this.random = random;
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
     * Runs in {@code args[0]}, with the control file {@code args[1]}, on the {@link Engine} {@code args[2]}, with the seed {@code args[3]}, and
     * reports to the file {@code args[4]}: a line per kind, and one that starts with {@code BAD} per problem. {@code args[5]} is {@code every}
     * for all kinds, in steps of {@code args[6]} writes, fewer of other calls, one of syncs, or {@code some} for so many faults of all there are.
     * Of all kinds, this takes that at place {@code args[7]} and each that is a multiple of {@code args[8]} places behind it.
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off"); // Failures are wanted here, and judged.
        Engine engine = Engine.valueOf(args[2]);
        Random random = new Random(Long.parseLong(args[3]));
        FaultRuns runs = new FaultRuns(engine, Path.of(args[0]), new FaultControl(Path.of(args[1])), random);
        int number = Integer.parseInt(args[6]);
        if (args[5].equals("every")) {
            runs.every(number, Integer.parseInt(args[7]), Integer.parseInt(args[8]));
        } else {
            runs.some(number);
        }
        Files.write(Path.of(args[4]), runs.report);
    }

    private void every(int step, int first, int distance) throws IOException {
        List<Fault> kinds = Fault.kinds(engine);
        for (int i = first; i < kinds.size(); i += distance) {
            Fault kind = kinds.get(i);
            int each = each(kind.call(), step);
            long started = System.nanoTime();
            Sum sum = new Sum();
            int misses = 0;
            for (int number = 1 + random.nextInt(each); misses < MISSES; number += each) {
                misses = run(kind.at(number), sum) < number ? misses + 1 : 0;
            }
            report(kind, each, sum, started);
        }
    }

    private void some(int most) throws IOException {
        List<Fault> kinds = Fault.kinds(engine);
        Collections.shuffle(kinds, random);
        Map<Fault.Call, Integer> calls = new EnumMap<>(Fault.Call.class);
        for (Fault kind : kinds.subList(0, Math.min(most, kinds.size()))) {
            long started = System.nanoTime();
            Sum sum = new Sum();
            for (int attempt = 0; sum.trials == 0 && attempt < MISSES; attempt++) {
                int number = 1 + random.nextInt(calls.getOrDefault(kind.call(), MANY_CALLS));
                calls.put(kind.call(), Math.max(1, run(kind.at(number), sum)));
            }
            report(kind, 1, sum, started);
        }
    }

    /** Every sync, always: only there it is easy to tell a writer something that is not so. */
    private static int each(Fault.Call call, int step) {
        return switch (call) {
            case WRITE, READ -> step;
            case SYNC, MAP -> 1;
            case TRUNCATE, OPEN -> Math.max(1, Math.min(LONGEST_STEP_OF_OTHER_CALLS, step / WRITES_PER_OTHER_CALL));
        };
    }

    private void report(Fault kind, int step, Sum sum, long started) {
        if (sum.injected == 0) {
            report.add("BAD no fault was injected: " + kind);
        }
        report.add(String.format(
                "%s %s %s: %d trials with a fault at 1 to %d in steps of %d, %d faults, writes %s, reads refused %d, problems %d, %d ms",
                kind.call(),
                kind.answer(),
                kind.isSticky() ? "from then on" : "once",
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
        FaultTrial trial = new FaultTrial(engine, place, control, fault, ledger);
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
        Engine.deleteAll(place);
        return counted;
    }
}
