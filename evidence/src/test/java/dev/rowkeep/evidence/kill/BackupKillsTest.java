package dev.rowkeep.evidence.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.evidence.InMemory;
import dev.rowkeep.evidence.Preload;
import java.io.IOException;
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

/** A process is killed while it makes backups and while it restores one: each is done or not begun, and the next goes on. */
final class BackupKillsTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int KILLS =
            Integer.getInteger("rowkeep.kills", (IS_LONG ? 50 : 1) * BackupPhase.values().length);

    /** A store goes through this many; then a new one begins. */
    private static final int KILLS_A_STORE = 12;

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    private Preload killer;

    @Test
    void backupsAndRestoredStoresAreWholeOrNotThereWhateverAProcessIsKilledAt() throws Exception {
        assumeTrue(Preload.isAvailable(), "SKIPPED: killing at a call needs Linux and gcc");
        directory = directory.toRealPath();
        killer = Preload.compile("killer", directory);
        Map<BackupPhase, Map<String, Integer>> hits = new EnumMap<>(BackupPhase.class);
        Map<Engine, Path> stores = new EnumMap<>(Engine.class);
        for (int number = 0; number < KILLS; number++) {
            // Each engine meets each phase.
            Engine engine = Engine.values()[(number + number / BackupPhase.values().length) % Engine.values().length];
            if (number % KILLS_A_STORE == 0) {
                stores.clear();
            }
            Path store = stores.computeIfAbsent(engine, key -> newStore(key));
            Kill<BackupPhase> kill = Kill.random(BackupPhase.values()[number % BackupPhase.values().length], random);
            KilledProcess killed = kill(engine, store, kill);
            hits.computeIfAbsent(kill.phase(), phase -> new TreeMap<>()).merge(killed.call(), 1, Integer::sum);
            assertThat(new BackupSurvivors(engine, store).check(killed.lines()))
                    .as("seed %d, number %d, %s, %s, at %s", SEED, number, engine, kill, killed.call())
                    .isEmpty();
            Engine.deleteAll(store.resolve(BackupLoad.RESTORED));
        }
        System.out.println("Kills amid backups: " + KILLS + ", killed at " + hits + ", seed " + SEED);
        assertThat(hits).containsOnlyKeys(BackupPhase.values());
    }

    /** A store of which there is a backup. */
    private Path newStore(Engine engine) {
        try {
            Path store = Files.createTempDirectory(directory, engine.name());
            assertThat(new BackupSurvivors(engine, store).check(List.of())).isEmpty();
            Files.createDirectory(store.resolve(BackupLoad.BACKUPS));
            assertThat(new BackupSurvivors(engine, store).check(List.of())).isEmpty();
            return store;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private KilledProcess kill(Engine engine, Path store, Kill<BackupPhase> first) throws Exception {
        Kill<BackupPhase> kill = first;
        KilledProcess killed;
        do {
            Engine.deleteAll(store.resolve(BackupLoad.RESTORED));
            killed = KilledProcess.run(
                    killer,
                    store,
                    directory,
                    kill,
                    Optional.empty(),
                    BackupLoad.class,
                    List.of(engine.name(), store.toString(), kill.phase().name()));
            kill = kill.earlier(random);
        } while (killed.call().isEmpty());
        return killed;
    }
}
