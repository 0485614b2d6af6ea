package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes and queries at full load, again and again. */
final class DuckdbCrashTest {
    private static final int KILLS =
            Integer.getInteger("rowkeep.kills", "long".equals(System.getProperty("rowkeep.evidence")) ? 100 : 3);

    /** A store goes through this many; then a new one begins, because verifying all of it takes longer with each. */
    private static final int KILLS_A_STORE = 20;

    @TempDir
    Path directory;

    @Test
    void noAcknowledgedCommitIsLostWhenTheProcessIsKilled() throws Exception {
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        Random random = new Random(seed);
        long acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path database = directory.resolve("store" + kill / KILLS_A_STORE + ".duckdb");
            List<String> lines = runAndKill(database, 300 + random.nextInt(1_000));
            acknowledged += lines.size();
            try (RowKeep keep = RowKeep.open(DuckdbStorage.at(database))) {
                RecordStore<String, Row> store = keep.store(DuckdbCrashWriter.RECORDS);
                for (String line : lines.subList(Math.max(0, lines.size() - 200), lines.size())) {
                    String[] parts = line.split(" ");
                    assertThat(store.asOf(parts[0], Long.parseLong(parts[1]))
                                    .orElseThrow()
                                    .value()
                                    .get(DuckdbCrashWriter.VALUE))
                            .as("seed %d, kill %d, line %s", seed, kill, line)
                            .isEqualTo(Long.parseLong(parts[2]));
                }
                assertThat(keep.log().head().sequence()).isGreaterThanOrEqualTo(lines.size());
                assertThat(keep.log().verify().problem())
                        .as("seed %d, kill %d", seed, kill)
                        .isEmpty();
            }
        }
        System.out.println("Kills on DuckDB: " + KILLS + ", acknowledged writes: " + acknowledged + ", seed " + seed);
        assertThat(acknowledged).isPositive();
    }

    private List<String> runAndKill(Path database, long millis) throws Exception {
        Path output = directory.resolve("acknowledged.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DuckdbCrashWriter.class.getName(),
                        database.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.size(output) == 0 && process.isAlive() && System.nanoTime() < deadline) {
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.toHandle().destroyForcibly();
        process.waitFor();
        List<String> lines = Files.readAllLines(output);
        String whole = Files.readString(output);
        return whole.endsWith("\n") || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }
}
