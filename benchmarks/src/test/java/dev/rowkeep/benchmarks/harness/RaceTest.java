package dev.rowkeep.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaceTest {
    private final List<String> events = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void entrantsRunInTurnAfterARoundToWarmUp() throws Exception {
        try (Workspace workspace = new Workspace(directory);
                Race race = new Race(bench(workspace, 2))) {
            race.add(new Named("a", 0), 1, Effort.operations(1)).add(new Named("b", 0), 1, Effort.operations(1));

            RaceResult result = race.run();

            assertThat(events).containsExactly("a", "b", "a", "b", "a", "b");
            assertThat(result.of(0).samples()).hasSize(2);
            assertThat(result.syncsPerSecond().least()).isPositive();
        }
        assertThat(events).endsWith("a closed", "b closed");
    }

    @Test
    void ourContenderThatLostAnUpdateFailsTheRace() throws Exception {
        try (Workspace workspace = new Workspace(directory);
                Race race = new Race(bench(workspace, 1))) {
            race.add(new Named("rowkeep-cas", 1), 1, Effort.operations(1));

            assertThatThrownBy(race::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("lost");
        }
    }

    @Test
    void whatAPeerLostIsToldAndTheOthersGoOn() throws Exception {
        try (Workspace workspace = new Workspace(directory);
                Race race = new Race(bench(workspace, 2))) {
            race.add(new Named("loses", 1), 1, Effort.operations(1))
                    .add(new Named("rowkeep", 0), 1, Effort.operations(1));

            assertThat(race.run().verdicts())
                    .containsExactly(new Verdict("loses", 3, "an update was lost"), new Verdict("rowkeep", 3, null));
        }
    }

    @Test
    void aContenderVerifiedEachRoundFailsAfterTheFirst() throws Exception {
        try (Workspace workspace = new Workspace(directory);
                Race race = new Race(bench(workspace, 5))) {
            race.add(new VerifiedEachRound(new Named("loses", 1)), 1, Effort.operations(1));

            assertThatThrownBy(race::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("lost");

            assertThat(events).containsExactly("loses");
        }
    }

    private static Bench bench(Workspace workspace, int rounds) {
        Settings settings = new Settings(List.of(), 1, rounds, workspace.root(), 100, 64);
        return new Bench(settings, workspace, new DiskProbe(workspace.root().resolve("probe")));
    }

    private final class Named implements Updating {
        private final String name;
        private final int lost;
        private int applied;

        Named(String name, int lost) {
            this.name = name;
            this.lost = lost;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String settings() {
            return "";
        }

        @Override
        public Work worker(int thread) {
            return () -> {
                events.add(name);
                applied++;
                return 1;
            };
        }

        @Override
        public void verify(long acknowledged) {
            if (applied - lost != acknowledged) {
                throw new IllegalStateException("an update was lost");
            }
        }

        @Override
        public void close() {
            events.add(name + " closed");
        }
    }
}
