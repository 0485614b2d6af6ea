package dev.rowkeep.evidence.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * One order explains what the crowds of several processes saw on one file, each through its own cache and with failures of its own, while
 * processes are killed, replaced and paused. Their clocks are one: {@link System#nanoTime} is the monotonic clock of the machine on Linux.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@DisabledOnOs(
        value = {OS.WINDOWS, OS.MAC},
        disabledReason = "needs SIGSTOP, and one clock for all processes")
final class SeveralCrowdsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int PROCESSES = IS_LONG ? 4 : 3;
    private static final int CALLERS = 6;

    /** A history is checked, and a new store begun, after so many kills of single processes. */
    private static final int KILLS_A_STORE = IS_LONG ? 10 : 2;

    private static final int LONGEST_WORK_MILLIS = IS_LONG ? 3_000 : 1_000;
    private static final int LONGEST_PAUSE_MILLIS = IS_LONG ? 2_000 : 300;
    private static final long LEAST_TRANSACTIONS = IS_LONG ? 100_000 : 100;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @Test
    void oneOrderExplainsWhatCrowdsOfSeveralProcessesSawOnOneFile() throws Exception {
        long checked = 0;
        long transactions = 0;
        long writing = 0;
        long unknown = 0;
        for (int store = 1; transactions < LEAST_TRANSACTIONS; store++) {
            History history = workAndDie(Files.createDirectory(directory.resolve("store" + store)));
            assertThat(HistoryCheck.problem(history))
                    .as("seed %d, store %d", SEED, store)
                    .isEmpty();
            checked += history.operations().size();
            for (Operation operation : history.operations()) {
                boolean isTransaction = operation.name().equals("transaction");
                boolean wrote = isTransaction && !operation.writes().isEmpty();
                boolean isUnknown = operation.writes().stream().anyMatch(write -> write.version() == Access.UNTOLD);
                transactions += isTransaction ? 1 : 0;
                writing += wrote && !isUnknown ? 1 : 0;
                unknown += isUnknown ? 1 : 0;
            }
            System.out.println("Crowds of " + PROCESSES + " processes: " + store + " stores, "
                    + store * (KILLS_A_STORE + PROCESSES) + " kills, " + checked + " operations checked, "
                    + transactions + " of them transactions, " + writing + " of these wrote, " + unknown
                    + " of unknown outcome, seed " + SEED);
        }
        assertThat(writing).isGreaterThan(transactions / 10);
        assertThat(unknown).isPositive();
    }

    private History workAndDie(Path own) throws IOException, InterruptedException {
        try (MortalCrowds crowds = new MortalCrowds(own, CALLERS)) {
            for (int process = 0; process < PROCESSES; process++) {
                crowds.start(random.nextLong());
            }
            crowds.awaitWork();
            for (int kill = 0; kill < KILLS_A_STORE; kill++) {
                crowds.letWork(random.nextInt(LONGEST_WORK_MILLIS));
                crowds.pauseOldest(random.nextInt(LONGEST_PAUSE_MILLIS));
                crowds.letWork(random.nextInt(LONGEST_WORK_MILLIS));
                crowds.killOldest();
                crowds.start(random.nextLong());
                crowds.awaitWork();
            }
            crowds.letWork(random.nextInt(LONGEST_WORK_MILLIS));
            crowds.killAll();
            return crowds.history();
        }
    }
}
