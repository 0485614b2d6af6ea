package dev.rowkeep.evidence.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Crashes of the DuckDB storage, in its checkpoints above all. */
final class DuckdbCrashImagesTest extends CrashImagesScenarios {
    /** An image takes a third of a second. */
    private static final Extent SHORT = new Extent(1, 2, 0, 1, 48);

    private static final Extent LONG = new Extent(6, 20, 60, 6, 1);
    private static final int CHECKPOINTS_A_RUN = 4;

    DuckdbCrashImagesTest() {
        super(Kept.DUCKDB, IS_LONG ? LONG : SHORT);
    }

    @Test
    void nothingAcknowledgedIsLostInATornCheckpoint() throws Exception {
        TornCheckpoints torn = new TornCheckpoints(kept, images, random);
        for (int run = 0; run < (IS_LONG ? 6 : 1); run++) {
            check(torn, new Run("run-" + run, stepsWithCheckpoints(IS_LONG ? CHECKPOINTS_A_RUN : 1)));
        }
        if (IS_LONG) {
            check(torn, new Run("filled", List.of(Step.INSERT, Step.FILL, Step.UPDATE)));
        }
        System.out.println("Torn checkpoints: " + torn.count());
        requireNothingBad();
        assertThat(torn.count()).isGreaterThanOrEqualTo(IS_LONG ? 20 : 2);
        if (IS_LONG) {
            assertThat(images.replaced()).isPositive();
        }
    }

    private void check(TornCheckpoints torn, Run run) throws Exception {
        torn.check(run.toString(), record(List.of(run)).get(0));
    }

    /** Closing is one more. */
    private List<Step> stepsWithCheckpoints(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.addAll(randomSteps(2));
            steps.add(Step.UPDATE);
            steps.add(Step.REOPEN);
        }
        steps.addAll(randomSteps(1));
        steps.add(Step.UPDATE);
        return steps;
    }
}
