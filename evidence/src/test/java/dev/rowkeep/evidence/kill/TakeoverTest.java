package dev.rowkeep.evidence.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.evidence.InMemory;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary that waits for confirmations is killed in full load, and its replica promoted, again and again. */
final class TakeoverTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int TAKEOVERS = Integer.getInteger("rowkeep.takeovers", IS_LONG ? 50 : 3);
    private static final int MOST_SEGMENTS = 120;

    private final Random random = new Random(SEED);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void whatAPrimaryAcknowledgedIsOnItsReplicaWhenThatTakesOver() throws Exception {
        long acknowledged = 0;
        long onlyThere = 0;
        for (int number = 0; number < TAKEOVERS; number++) {
            Path place = Files.createDirectory(directory.resolve("takeover" + number));
            Takeover.Moment moment = Takeover.Moment.values()[number % Takeover.Moment.values().length];
            int segments = 2 + random.nextInt(MOST_SEGMENTS);
            Takeover takeover = Takeover.run(place, replica(place, number), segments, moment);
            assertThat(takeover.problems())
                    .as("seed %d, number %d, %s, after %d segments", SEED, number, moment, segments)
                    .isEmpty();
            acknowledged += takeover.acknowledged();
            onlyThere += takeover.onlyThere();
        }
        System.out.println("Takeovers: " + TAKEOVERS + ", acknowledged writes: " + acknowledged
                + ", commits that only the old primary had: " + onlyThere + ", seed " + SEED);
        assertThat(acknowledged).isPositive();
        assertThat(onlyThere).as("the kills came while something was under way").isPositive();
    }

    private static StorageProvider replica(Path place, int number) {
        return number % 2 == 0
                ? DuckdbStorage.at(place.resolve("replica.duckdb"))
                : SqliteStorage.at(place.resolve("replica.db")).exclusive();
    }
}
