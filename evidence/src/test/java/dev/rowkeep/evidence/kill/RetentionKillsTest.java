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

/** A process is killed while it cuts the log beside a writer: what it drops is gone or all there. */
final class RetentionKillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int KILLS =
            Integer.getInteger("rowkeep.kills", (IS_LONG ? 50 : 1) * RetentionPhase.values().length);

    /** One kill of each kind may come before the first cut; of so many, one comes after it. */
    private static final int ENOUGH_TO_CUT = 10 * RetentionPhase.values().length;

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void aLogIsCutOrNotWhateverItsProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        Preload killer = Preload.compile("killer", directory);
        Map<RetentionPhase, Map<String, Integer>> hits = new EnumMap<>(RetentionPhase.class);
        Map<Engine, RetentionSurvivors> survivors = new EnumMap<>(Engine.class);
        for (int number = 0; number < KILLS; number++) {
            RetentionPhase phase = RetentionPhase.values()[number % RetentionPhase.values().length];
            Engine engine = phase.engine();
            Path place = Files.createDirectories(directory.resolve(engine.name()));
            Kill<RetentionPhase> kill = Kill.random(phase, random);
            KilledProcess killed = KilledProcess.run(
                    killer,
                    place,
                    directory,
                    kill,
                    Optional.empty(),
                    RetentionLoad.class,
                    List.of(engine.name(), place.toString()));
            assertThat(killed.call())
                    .as("%s: it makes more calls than that", kill)
                    .isNotEmpty();
            hits.computeIfAbsent(phase, key -> new TreeMap<>()).merge(killed.call(), 1, Integer::sum);
            assertThat(survivors
                            .computeIfAbsent(engine, key -> new RetentionSurvivors(key, place))
                            .check(killed.lines()))
                    .as("seed %d, number %d, %s, %s, at %s", SEED, number, engine, kill, killed.call())
                    .isEmpty();
        }
        if (KILLS >= ENOUGH_TO_CUT) {
            survivors.forEach((engine, left) -> assertThat(Math.min(left.cut(), left.emptied()))
                    .as("seed %d, %s: cut at %d, emptied up to %d", SEED, engine, left.cut(), left.emptied())
                    .isPositive());
        }
        System.out.println("Kills amid cuts of the log: " + KILLS + ", killed at " + hits + ", seed " + SEED);
        assertThat(hits).containsOnlyKeys(RetentionPhase.values());
    }
}
