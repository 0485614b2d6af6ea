package dev.rowkeep.evidence.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One order explains what a crowd saw that is killed again and again and goes on with what it finds. */
final class SoakTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final Duration LENGTH =
            IS_LONG ? Duration.ofMinutes(Long.getLong("rowkeep.soak", 60)) : Duration.ZERO;

    /** A history is checked, and a new store begun, when it has this many operations; more would take too much memory. */
    private static final int OPERATIONS = IS_LONG ? 400_000 : 2_000;

    private static final int CALLERS = 16;
    private static final double SHORTEST_MILLIS = 50;
    private static final double LONGEST_MILLIS = IS_LONG ? 15_000 : 1_000;

    @TempDir
    Path directory;

    @Test
    void oneOrderExplainsWhatACrowdSawThatIsKilledAgainAndAgain() throws Exception {
        Random random = new Random(SEED);
        long end = System.nanoTime() + LENGTH.toNanos();
        long checked = 0;
        int kills = 0;
        int stores = 0;
        do {
            Path own = Files.createDirectory(directory.resolve("store" + stores++));
            History history;
            int lives = 0;
            try (MortalCrowds crowd = new MortalCrowds(own, CALLERS)) {
                while (lives < 2 || (crowd.operations() < OPERATIONS && System.nanoTime() < end)) {
                    crowd.start(random.nextLong());
                    crowd.awaitWork();
                    crowd.letWork(workMillis(random));
                    crowd.killAll();
                    lives++;
                }
                history = crowd.history();
            }
            assertThat(HistoryCheck.problem(history))
                    .as("seed %d, store %d", SEED, stores)
                    .isEmpty();
            kills += lives;
            checked += history.operations().size();
            delete(own);
            System.out.println("Soak: " + stores + " stores, " + kills + " kills, " + checked
                    + " operations checked, seed " + SEED);
        } while (System.nanoTime() < end);
        assertThat(checked).isGreaterThan(10L * kills);
    }

    /** Between the shortest and the longest, each magnitude as often. */
    private static long workMillis(Random random) {
        return Math.round(SHORTEST_MILLIS * Math.pow(LONGEST_MILLIS / SHORTEST_MILLIS, random.nextDouble()));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
