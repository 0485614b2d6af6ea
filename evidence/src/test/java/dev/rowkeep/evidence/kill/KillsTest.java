package dev.rowkeep.evidence.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.InMemory;
import dev.rowkeep.evidence.Preload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process in full load is killed at each of the things that it does to its files, again and again. */
final class KillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("rowkeep.kills", IS_LONG ? 100 : Phase.values().length);

    /** A store goes through this many; then a new one begins, because verifying all of it takes longer with each. */
    private static final int KILLS_A_STORE = 10;

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    private Preload killer;

    @Test
    void noAcknowledgedCommitIsLostWhateverAProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        killer = Preload.compile("killer", directory);
        Map<Phase, Map<String, Integer>> hits = new EnumMap<>(Phase.class);
        Survivors survivors = new Survivors();
        Path store = directory;
        long acknowledged = 0;
        for (int number = 0; number < KILLS; number++) {
            if (number % KILLS_A_STORE == 0) {
                store = Files.createDirectory(directory.resolve("store" + number / KILLS_A_STORE));
                survivors = new Survivors();
            }
            Kill<Phase> kill = Kill.random(phase(number), random);
            KilledLoad killed = kill(store, kill);
            hits.computeIfAbsent(kill.phase(), phase -> new TreeMap<>()).merge(killed.call(), 1, Integer::sum);
            acknowledged += killed.acknowledged().size();
            survivors.expect(killed.acknowledged());
            survivors.expect(Exports.lines(store));
            assertThat(survivors.check(store.resolve(Load.DATABASE)))
                    .as("seed %d, number %d, %s, at %s", SEED, number, kill, killed.call())
                    .isEmpty();
        }
        System.out.println("Kills on DuckDB: " + KILLS + ", acknowledged writes: " + acknowledged + ", killed at "
                + hits + ", seed " + SEED);
        assertThat(hits).containsOnlyKeys(Phase.values());
        assertThat(acknowledged).isPositive();
    }

    /** Each store begins with another one; where that is the rebuild, a database is made for the first time. */
    private static Phase phase(int number) {
        return Phase.values()[(number + number / KILLS_A_STORE) % Phase.values().length];
    }

    private KilledLoad kill(Path store, Kill<Phase> first) throws Exception {
        KilledLoad killed;
        Kill<Phase> kill = first;
        do {
            if (kill.phase() == Phase.REBUILD && Files.exists(store.resolve(Load.DATABASE))) {
                loseDatabase(store.resolve(Load.DATABASE));
            }
            killed = KilledLoad.run(killer, store, directory, kill);
            kill = kill.earlier(random);
        } while (killed.call().isEmpty());
        return killed;
    }

    private void loseDatabase(Path database) throws IOException {
        if (random.nextBoolean()) {
            Files.deleteIfExists(database);
        } else {
            Files.write(database, new byte[8192], StandardOpenOption.CREATE);
        }
    }
}
