package dev.rowkeep.evidence.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.evidence.InMemory;
import dev.rowkeep.evidence.Preload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it makes a replica and while it promotes one: what was taken is there, and a promotion is done or not begun. */
final class ReplicaKillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int KILLS =
            Integer.getInteger("rowkeep.kills", (IS_LONG ? 50 : 1) * ReplicaPhase.values().length);

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void aReplicaHoldsWhatItTookWhateverItsProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        Preload killer = Preload.compile("killer", directory);
        ReplicaLoad.makePrimary(directory);
        Map<ReplicaPhase, Map<String, Integer>> hits = new EnumMap<>(ReplicaPhase.class);
        for (int number = 0; number < KILLS; number++) {
            ReplicaPhase phase = ReplicaPhase.values()[number % ReplicaPhase.values().length];
            // Each engine meets each phase.
            Engine engine = Engine.values()[(number + number / ReplicaPhase.values().length) % Engine.values().length];
            Kill<ReplicaPhase> kill = Kill.random(phase, random);
            KilledProcess killed = kill(killer, engine, kill);
            hits.computeIfAbsent(phase, key -> new TreeMap<>()).merge(killed.call(), 1, Integer::sum);
            assertThat(new ReplicaSurvivors(engine, directory).check(killed.lines()))
                    .as("seed %d, number %d, %s, %s, at %s", SEED, number, engine, kill, killed.call())
                    .isEmpty();
        }
        System.out.println("Kills of replicas: " + KILLS + ", killed at " + hits + ", seed " + SEED);
        assertThat(hits).containsOnlyKeys(ReplicaPhase.values());
    }

    private KilledProcess kill(Preload killer, Engine engine, Kill<ReplicaPhase> first) throws Exception {
        Path promoting = directory.resolve("promoting");
        Kill<ReplicaPhase> kill = first;
        KilledProcess killed;
        do {
            Engine.deleteAll(directory.resolve(ReplicaLoad.REPLICA));
            Files.createDirectory(directory.resolve(ReplicaLoad.REPLICA));
            Files.deleteIfExists(promoting);
            boolean isPromotion = kill.phase() == ReplicaPhase.PROMOTION;
            killed = KilledProcess.run(
                    killer,
                    directory,
                    directory,
                    kill,
                    isPromotion ? Optional.of(promoting) : Optional.empty(),
                    ReplicaLoad.class,
                    List.of(engine.name(), directory.toString(), kill.phase().name(), promoting.toString()));
            kill = kill.earlier(random);
        } while (killed.call().isEmpty());
        return killed;
    }
}
