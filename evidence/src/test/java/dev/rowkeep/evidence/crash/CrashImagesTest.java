package dev.rowkeep.evidence.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state in which a crash could leave a store is opened: nothing acknowledged is lost, and the store goes on. */
final class CrashImagesTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final List<Step> RANDOM_STEPS = List.copyOf(EnumSet.range(Step.INSERT, Step.CHECKPOINT_AND_CUT));
    private static final List<Step> OPERATIONS = List.of(
            Step.INSERT,
            Step.UPDATE,
            Step.DELETE,
            Step.RE_INSERT,
            Step.COMMIT_OF_TWO,
            Step.REQUESTS,
            Step.REOPEN,
            Step.CHECKPOINT);
    private static final int LONGEST_SEQUENCE = 3;

    /** How many sequences are recorded in one trace, which is held in memory: each writes files of more than a megabyte. */
    private static final int SEQUENCES_A_TRACE = 100;

    private static final int MOST_SHOWN = 10;

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    private Path traced;
    private CrashImages images;

    @BeforeEach
    void requireRecorder() throws IOException {
        assumeTrue(Recorder.isAvailable(), "SKIPPED: recording needs Linux and gcc");
        directory = directory.toRealPath();
        traced = Files.createDirectory(directory.resolve("traced"));
        images = new CrashImages(directory, SEED);
    }

    @Test
    void nothingAcknowledgedIsLostInAnyImageOfARandomRun() throws Exception {
        for (int run = 0; run < (IS_LONG ? 6 : 1); run++) {
            List<Step> steps = randomSteps(IS_LONG ? 30 : 2);
            Trace trace = record(List.of(new Run("run-" + run, steps))).get(0);
            images.check(steps.toString(), Moments.fromNothing(), trace, CrashImages.Which.ALL);
        }
        requireNothingBad();
    }

    @Test
    void nothingAcknowledgedIsLostAfterAnySequenceOfThreeOperations() throws Exception {
        List<List<Step>> sequences = sequences();
        Collections.shuffle(sequences, random);
        List<Run> runs = new ArrayList<>();
        for (List<Step> sequence : sequences.subList(0, IS_LONG ? sequences.size() : 2)) {
            // What can be left before the last operation is what can be left after a shorter sequence.
            List<Step> steps = new ArrayList<>(sequence);
            steps.add(sequence.size() - 1, Step.MARK);
            steps.add(0, Step.INSERT);
            runs.add(new Run("sequence-" + runs.size(), steps));
        }
        for (int from = 0; from < runs.size(); from += SEQUENCES_A_TRACE) {
            List<Run> some = runs.subList(from, Math.min(runs.size(), from + SEQUENCES_A_TRACE));
            List<Trace> traces = record(some);
            for (int i = 0; i < some.size(); i++) {
                images.check(
                        some.get(i).toString(), Moments.fromNothing(), traces.get(i), CrashImages.Which.AFTER_MARK);
            }
        }
        requireNothingBad();
    }

    @Test
    void nothingAcknowledgedIsLostInASecondCrash() throws Exception {
        for (int run = 0; run < (IS_LONG ? 6 : 1); run++) {
            Trace first = record(List.of(new Run("run-" + run, randomSteps(IS_LONG ? 20 : 2))))
                    .get(0);
            Path crashed = Files.createDirectory(traced.resolve("crashed-" + run));
            List<Wreck> wrecks = Wrecks.of(first, random, IS_LONG ? 6 : 1, crashed);
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < wrecks.size(); i++) {
                wrecks.get(i).write(Files.createDirectory(crashed.resolve(Integer.toString(i))));
                runs.add(new Run(traced.relativize(crashed) + "/" + i, randomSteps(2)));
            }
            List<Trace> second = record(runs);
            for (int i = 0; i < wrecks.size(); i++) {
                images.check(
                        wrecks.get(i).what() + ": " + runs.get(i),
                        Moments.from(wrecks.get(i)),
                        second.get(i),
                        CrashImages.Which.ALL);
            }
        }
        requireNothingBad();
    }

    /** A run of the workload in a directory, which is made if it is not there. */
    private record Run(String directory, List<Step> steps) {
        String argument() {
            return directory + "=" + steps.stream().map(Step::name).collect(Collectors.joining(","));
        }
    }

    private List<Trace> record(List<Run> runs) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(random.nextLong())));
        for (Run run : runs) {
            Files.createDirectories(traced.resolve(run.directory()));
            arguments.add(run.argument());
        }
        Path traceFile = directory.resolve("trace-of-" + runs.get(0).directory().replace('/', '-'));
        Trace trace = Recorder.compile(directory).record(traced, traceFile, Workload.class, arguments);
        List<Trace> parts = new ArrayList<>();
        for (Run run : runs) {
            Trace part = trace.in(traced.resolve(run.directory()));
            assertThat(part.events()).hasAtLeastOneElementOfType(DiskEvent.Synced.class);
            parts.add(part);
        }
        return parts;
    }

    private List<Step> randomSteps(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(Step.ELSEWHERE);
            steps.add(RANDOM_STEPS.get(random.nextInt(RANDOM_STEPS.size())));
        }
        return steps;
    }

    /** All sequences of at least one operation. */
    private static List<List<Step>> sequences() {
        List<List<Step>> all = new ArrayList<>();
        List<List<Step>> longest = List.of(List.of());
        for (int length = 1; length <= LONGEST_SEQUENCE; length++) {
            longest = longest.stream()
                    .flatMap(begin -> OPERATIONS.stream().map(operation -> {
                        List<Step> sequence = new ArrayList<>(begin);
                        sequence.add(operation);
                        return sequence;
                    }))
                    .collect(Collectors.toList());
            all.addAll(longest);
        }
        return all;
    }

    private void requireNothingBad() {
        System.out.println("Crash images: " + images.summary());
        assertThat(images.bad().stream().limit(MOST_SHOWN)).isEmpty();
        assertThat(images.opened()).isPositive();
    }
}
