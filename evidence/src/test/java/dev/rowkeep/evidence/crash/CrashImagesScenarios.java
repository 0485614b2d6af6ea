package dev.rowkeep.evidence.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every state in which a crash could leave a store is opened: nothing acknowledged is lost, and the store goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrashImagesScenarios {
    static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final List<Step> OPERATIONS = List.of(
            Step.INSERT,
            Step.UPDATE,
            Step.DELETE,
            Step.RE_INSERT,
            Step.COMMIT_OF_TWO,
            Step.REQUESTS,
            Step.QUERY,
            Step.REOPEN,
            Step.CHECKPOINT);
    private static final int LONGEST_SEQUENCE = 3;

    /** How many sequences are recorded in one trace, which is held in memory: each writes files of more than a megabyte. */
    private static final int SEQUENCES_A_TRACE = 100;

    private static final int MOST_SHOWN = 10;

    final Kept kept;
    private final Extent extent;
    private final Checkers checkers;

    @TempDir(factory = InMemory.class)
    Path directory;

    private Path traced;
    CrashImages images;
    Random random;

    /**
     * How much is done.
     *
     * @param runs how many random runs
     * @param steps of how many steps each
     * @param sequences how many of all sequences of operations, at most
     * @param crashes how many crashes of a run are followed by another
     * @param ofHowMany of so many different images one is opened
     */
    record Extent(int runs, int steps, int sequences, int crashes, int ofHowMany) {}

    CrashImagesScenarios(Kept kept, Extent extent) {
        this.kept = kept;
        this.extent = extent;
        this.checkers = new Checkers(kept);
    }

    @AfterAll
    void endCheckers() {
        checkers.close();
    }

    @BeforeEach
    void requireRecorder() throws IOException {
        assumeTrue(Recorder.isAvailable(), "SKIPPED: recording needs Linux and gcc");
        directory = directory.toRealPath();
        traced = Files.createDirectory(directory.resolve("traced"));
        random = new Random(SEED);
        images = new CrashImages(kept, checkers, directory, SEED, extent.ofHowMany());
    }

    @Test
    void nothingAcknowledgedIsLostInAnyImageOfARandomRun() throws Exception {
        for (int run = 0; run < extent.runs(); run++) {
            List<Step> steps = randomSteps(extent.steps());
            Trace trace = record(List.of(new Run("run-" + run, steps))).get(0);
            images.check(steps.toString(), Moments.fromNothing(), trace, CrashImages.Which.ALL);
        }
        requireNothingBad();
    }

    @Test
    void nothingAcknowledgedIsLostAfterAnySequenceOfThreeOperations() throws Exception {
        assumeTrue(extent.sequences() > 0, "SKIPPED: in the long form only");
        List<List<Step>> sequences = sequences();
        Collections.shuffle(sequences, random);
        List<Run> runs = new ArrayList<>();
        for (List<Step> sequence : sequences.subList(0, Math.min(extent.sequences(), sequences.size()))) {
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
        for (int run = 0; run < extent.runs(); run++) {
            Trace first = record(List.of(new Run("run-" + run, randomSteps(2 * extent.steps() / 3))))
                    .get(0);
            Path crashed = Files.createDirectory(traced.resolve("crashed-" + run));
            List<Wreck> wrecks = Wrecks.of(kept, first, random, extent.crashes(), crashed);
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < wrecks.size(); i++) {
                wrecks.get(i).write(kept, Files.createDirectory(crashed.resolve(Integer.toString(i))));
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
    record Run(String directory, List<Step> steps) {
        String argument() {
            return directory + "=" + steps.stream().map(Step::name).collect(Collectors.joining(","));
        }
    }

    /** The traces of runs, which are whole: they lead to what the runs have left. */
    List<Trace> record(List<Run> runs) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(random.nextLong()), kept.name()));
        List<Image> before = new ArrayList<>();
        for (Run run : runs) {
            before.add(Image.read(Files.createDirectories(traced.resolve(run.directory()))));
            arguments.add(run.argument());
        }
        Path traceFile = directory.resolve("trace-of-" + runs.get(0).directory().replace('/', '-'));
        Trace trace = Recorder.compile(directory).record(traced, traceFile, Workload.class, arguments);
        List<Trace> parts = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Trace part = trace.in(traced.resolve(runs.get(i).directory()));
            assertThat(part.events()).hasAtLeastOneElementOfType(DiskEvent.Synced.class);
            assertThat(recorded(part.after(before.get(i))).fingerprint())
                    .isEqualTo(recorded(Image.read(part.directory())).fingerprint());
            parts.add(part);
        }
        Files.delete(traceFile);
        return parts;
    }

    private Image recorded(Image image) {
        return image.without(file -> !kept.isRecorded(file));
    }

    List<Step> randomSteps(int count) {
        List<Step> all = List.copyOf(kept.steps());
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(Step.ELSEWHERE);
            steps.add(all.get(random.nextInt(all.size())));
        }
        return steps;
    }

    /** All sequences of at least one operation. */
    private List<List<Step>> sequences() {
        List<List<Step>> all = new ArrayList<>();
        List<List<Step>> longest = List.of(List.of());
        for (int length = 1; length <= LONGEST_SEQUENCE; length++) {
            longest = longest.stream()
                    .flatMap(begin -> OPERATIONS.stream()
                            .filter(kept.steps()::contains)
                            .map(operation -> {
                                List<Step> sequence = new ArrayList<>(begin);
                                sequence.add(operation);
                                return sequence;
                            }))
                    .collect(Collectors.toList());
            all.addAll(longest);
        }
        return all;
    }

    void requireNothingBad() {
        images.finish();
        System.out.println("Crash images: " + images.summary());
        assertThat(images.bad().stream().limit(MOST_SHOWN)).isEmpty();
        assertThat(images.opened()).isPositive();
    }
}
