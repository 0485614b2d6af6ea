package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that one does with a history, in random order, against a model that keeps each state there ever was. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class HistoryModelScenarios extends ReplicaRehearsal {
    /** For the fixture's author. */
    protected HistoryModelScenarios() {}

    @Test
    void whateverIsDoneEachPlaceShowsWhatItWas() {
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        int runs = isLong() ? 40 : 3;
        int steps = isLong() ? 120 : 60;
        boolean hasFiles = storage.attachments().isPresent();
        for (int run = 0; run < runs; run++) {
            int number = run;
            String name = "run" + number;
            try (HistoryModelRun model = new HistoryModelRun(
                    place -> storageOf(name + "-" + place), hasFiles, backups(name), seed + number)) {
                for (int step = 0; step < steps; step++) {
                    model.step();
                }
                model.end();
                assertThat(model.steps()).as("seed %d: %s", seed, model.told()).isEqualTo(steps);
            }
        }
    }

    /** Where backups are made, if there are any of this storage. */
    private Optional<Path> backups(String run) {
        return storage.restoreTarget().map(any -> directory.resolve(run + "-backups"));
    }
}
