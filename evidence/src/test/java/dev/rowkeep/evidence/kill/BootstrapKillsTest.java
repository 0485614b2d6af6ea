package dev.rowkeep.evidence.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.evidence.InMemory;
import dev.rowkeep.evidence.Preload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it begins a replica with a snapshot: the storage opens, and all of the snapshot is there or nothing. */
final class BootstrapKillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("rowkeep.kills", IS_LONG ? 100 : 3);

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void aReplicaHasBegunOrNotWhateverItsProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        Preload killer = Preload.compile("killer", directory);
        BootstrapLoad.makePrimary(directory);
        Map<String, Integer> hits = new TreeMap<>();
        int begun = 0;
        for (int number = 0; number < KILLS; number++) {
            Engine engine = Engine.values()[number % Engine.values().length];
            Kill<BootstrapPhase> kill = Kill.random(BootstrapPhase.BEGINNING, random);
            KilledProcess killed = kill(killer, engine, kill);
            hits.merge(killed.call(), 1, Integer::sum);
            begun += killed.lines().contains(BootstrapLoad.BEGUN) ? 1 : 0;
            assertThat(new BootstrapSurvivors(engine, directory).check(killed.lines()))
                    .as("seed %d, number %d, %s, %s, at %s", SEED, number, engine, kill, killed.call())
                    .isEmpty();
        }
        System.out.println("Kills of beginnings: " + KILLS + ", " + begun + " of them when it had begun, killed at "
                + hits + ", seed " + SEED);
    }

    private KilledProcess kill(Preload killer, Engine engine, Kill<BootstrapPhase> first) throws Exception {
        Kill<BootstrapPhase> kill = first;
        KilledProcess killed;
        do {
            Engine.deleteAll(directory.resolve(ReplicaLoad.REPLICA));
            Files.createDirectory(directory.resolve(ReplicaLoad.REPLICA));
            killed = KilledProcess.run(
                    killer,
                    directory,
                    directory,
                    kill,
                    Optional.empty(),
                    BootstrapLoad.class,
                    List.of(engine.name(), directory.toString()));
            kill = kill.earlier(random);
        } while (killed.call().isEmpty());
        return killed;
    }
}
