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

/** A process is killed while it makes and drops snapshots beside a writer: each is whole or not there. */
final class SnapshotKillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int KILLS =
            Integer.getInteger("rowkeep.kills", (IS_LONG ? 50 : 1) * SnapshotPhase.values().length);

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void aSnapshotIsWholeOrNotThereWhateverItsProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        Preload killer = Preload.compile("killer", directory);
        Map<SnapshotPhase, Map<String, Integer>> hits = new EnumMap<>(SnapshotPhase.class);
        Map<Engine, SnapshotSurvivors> survivors = new EnumMap<>(Engine.class);
        for (int number = 0; number < KILLS; number++) {
            SnapshotPhase phase = SnapshotPhase.values()[number % SnapshotPhase.values().length];
            // Each engine meets each phase.
            Engine engine = Engine.values()[(number + number / SnapshotPhase.values().length) % Engine.values().length];
            Path place = Files.createDirectories(directory.resolve(engine.name()));
            Kill<SnapshotPhase> kill = Kill.random(phase, random);
            KilledProcess killed = KilledProcess.run(
                    killer,
                    place,
                    directory,
                    kill,
                    Optional.empty(),
                    SnapshotLoad.class,
                    List.of(engine.name(), place.toString(), Integer.toString(number)));
            assertThat(killed.call()).as("it makes more calls than that").isNotEmpty();
            hits.computeIfAbsent(phase, key -> new TreeMap<>()).merge(killed.call(), 1, Integer::sum);
            assertThat(survivors
                            .computeIfAbsent(engine, key -> new SnapshotSurvivors(key, place))
                            .check(killed.lines()))
                    .as("seed %d, number %d, %s, %s, at %s", SEED, number, engine, kill, killed.call())
                    .isEmpty();
        }
        System.out.println("Kills amid snapshots: " + KILLS + ", killed at " + hits + ", seed " + SEED);
        assertThat(hits).containsOnlyKeys(SnapshotPhase.values());
    }
}
