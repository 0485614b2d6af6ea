package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everything that one does with a history, in random order, against a model that keeps each state there ever was. */
public abstract class HistoryModelScenarios extends ReplicaRehearsal {
    /** For one run, of which there are many in the long form. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** For the fixture's author. */
    protected HistoryModelScenarios() {}

    @Test
    void whateverIsDoneEachPlaceShowsWhatItWas() {
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        int runs = isLong() ? 40 : 3;
        for (int run = 0; run < runs; run++) {
            String name = "run" + run;
            long ofRun = seed + run;
            assertTimeoutPreemptively(PATIENCE, () -> run(name, ofRun), () -> "seed " + seed + ", " + name);
        }
    }

    private void run(String name, long seed) {
        int steps = isLong() ? 120 : 60;
        boolean hasFiles = storage.attachments().isPresent();
        try (HistoryModelRun model =
                new HistoryModelRun(place -> storageOf(name + "-" + place), hasFiles, backups(name), seed)) {
            for (int step = 0; step < steps; step++) {
                model.step();
            }
            model.end();
            assertThat(model.steps()).as("seed %d: %s", seed, model.told()).isEqualTo(steps);
        }
    }

    /** Where backups are made, if there are any of this storage. */
    private Optional<Path> backups(String run) {
        return storage.restoreTarget().map(any -> directory.resolve(run + "-backups"));
    }
}
