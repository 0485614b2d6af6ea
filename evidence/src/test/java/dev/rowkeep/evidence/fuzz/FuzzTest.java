package dev.rowkeep.evidence.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input of the corpus in every build; with {@code -Pevidence}, what Jazzer makes of it in {@code rowkeep.fuzz.seconds} a target. */
final class FuzzTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final int SECONDS = Integer.getInteger("rowkeep.fuzz.seconds", 60);
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Path CORPUS = MODULE.resolve("src/test/resources/fuzz");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyInputOfTheCorpusIsRefusedOrTaken(FuzzTargets target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(target.corpus()))) {
            inputs = files.sorted().toList();
        }
        assertThat(inputs).isNotEmpty();
        try (FuzzTarget opened = target.open(directory)) {
            for (Path input : inputs) {
                byte[] bytes = Files.readAllBytes(input);
                assertThatCode(() -> opened.accept(bytes)).as(input.toString()).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatJazzerMakesOfTheCorpusBreaksAnything(FuzzTargets target) throws Exception {
        assumeTrue(IS_LONG, "SKIPPED: this runs with -Pevidence");
        Path results = MODULE.resolve("target/fuzz").resolve(target.corpus());
        Files.createDirectories(results);
        FuzzStore.clear(results);
        JazzerRun run = JazzerRun.of(target, CORPUS.resolve(target.corpus()), results, SEED, SECONDS);
        System.out.println("Fuzzing " + target.corpus() + ", seed " + SEED + ": " + run.executions() + " executions in "
                + SECONDS + " s, findings " + run.findings());
        assertThat(run.findings()).as("see %s", run.directory()).isEmpty();
        assertThat(run.executions()).as("executions; see %s", run.directory()).isGreaterThan(SECONDS);
    }
}
