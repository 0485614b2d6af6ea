package dev.rowkeep.evidence.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state in which a crash could leave a store is opened: nothing acknowledged is lost, and the store goes on. */
final class CrashImagesTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());

    @TempDir
    Path directory;

    @BeforeEach
    void requireRecorder() {
        assumeTrue(Recorder.isAvailable(), "SKIPPED: recording needs Linux and gcc");
    }

    @Test
    void nothingAcknowledgedIsLostInAnyImageOfARandomRun() throws Exception {
        Random random = new Random(SEED);
        for (int run = 0; run < (IS_LONG ? 20 : 1); run++) {
            List<String> steps = new ArrayList<>();
            for (int i = 0; i < (IS_LONG ? 40 : 12); i++) {
                steps.add(Workload.Step.values()[random.nextInt(Workload.Step.values().length)].name());
            }
            check(run, random.nextLong(), steps);
        }
    }

    private void check(int run, long seed, List<String> steps) throws IOException, InterruptedException {
        Path workspace = Files.createDirectory(directory.resolve("run-" + run));
        Path traced = Files.createDirectory(workspace.resolve("traced"));
        Trace trace = Recorder.compile(workspace)
                .record(
                        traced,
                        workspace.resolve("trace"),
                        Workload.class,
                        List.of(Long.toString(seed), String.join(",", steps)));
        assertThat(trace.events()).hasAtLeastOneElementOfType(DiskEvent.Synced.class);
        CrashImages images = new CrashImages(workspace, seed);
        images.check(trace);
        System.out.println("Crash images of " + String.join(",", steps) + ": " + images.summary());
        assertThat(images.bad()).isEmpty();
        assertThat(images.opened()).isGreaterThan(steps.size());
    }
}
