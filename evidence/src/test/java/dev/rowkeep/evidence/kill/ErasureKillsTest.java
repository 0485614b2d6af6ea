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

/** A process is killed while it erases people: each is erased, from every file, or as before. */
final class ErasureKillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());

    /** Those on SQLite: one of DuckDB takes seconds. */
    private static final int PHASES_IN_SHORT = 3;

    private static final int KILLS =
            Integer.getInteger("rowkeep.kills", IS_LONG ? 50 * ErasurePhase.values().length : PHASES_IN_SHORT);

    /** One kill of each kind may come before the first erasure; of so many, one comes after it. */
    private static final int ENOUGH_TO_ERASE = 10 * ErasurePhase.values().length;

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void aPersonIsErasedOrNotWhateverItsProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        Preload killer = Preload.compile("killer", directory);
        Map<ErasurePhase, Map<String, Integer>> hits = new EnumMap<>(ErasurePhase.class);
        Map<Engine, ErasureSurvivors> survivors = new EnumMap<>(Engine.class);
        for (int number = 0; number < KILLS; number++) {
            ErasurePhase phase = ErasurePhase.values()[number % ErasurePhase.values().length];
            Engine engine = phase.engine();
            Path place = Files.createDirectories(directory.resolve(engine.name()));
            Kill<ErasurePhase> kill = Kill.random(phase, random);
            KilledProcess killed = KilledProcess.run(
                    killer,
                    place,
                    directory,
                    kill,
                    Optional.empty(),
                    ErasureLoad.class,
                    List.of(engine.name(), place.toString(), Integer.toString(number)));
            assertThat(killed.call())
                    .as("%s: it makes more calls than that", kill)
                    .isNotEmpty();
            hits.computeIfAbsent(phase, key -> new TreeMap<>()).merge(killed.call(), 1, Integer::sum);
            assertThat(survivors
                            .computeIfAbsent(engine, key -> new ErasureSurvivors(key, place))
                            .check(killed.lines()))
                    .as("seed %d, number %d, %s, %s, at %s", SEED, number, engine, kill, killed.call())
                    .isEmpty();
        }
        if (KILLS >= ENOUGH_TO_ERASE) {
            survivors.forEach(
                    (engine, left) -> assertThat(left.erased()).as("%s", engine).isPositive());
        }
        survivors.forEach((engine, left) -> System.out.println(engine + ": " + left.erased() + " people erased, "
                + left.erasedUnsaid() + " of them without its having been said"));
        System.out.println("Kills amid erasures: " + KILLS + ", killed at " + hits + ", seed " + SEED);
        assertThat(hits).hasSize(Math.min(KILLS, ErasurePhase.values().length));
    }
}
