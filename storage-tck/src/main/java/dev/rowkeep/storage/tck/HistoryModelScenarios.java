package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

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
            try (HistoryModelRun model =
                    new HistoryModelRun(templates, place -> storageOf(name + "-" + place), hasFiles, seed + number)) {
                for (int step = 0; step < steps; step++) {
                    model.step();
                }
                assertThat(model.steps()).as("seed %d: %s", seed, model.told()).isEqualTo(steps);
            }
        }
    }
}
