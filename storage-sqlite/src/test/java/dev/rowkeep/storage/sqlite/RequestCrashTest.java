package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that sends requests, again and again, and sends all of them once more from another. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class RequestCrashTest {
    private static final int KILLS = "long".equals(System.getProperty("rowkeep.evidence")) ? 100 : 4;
    private static final int NEVER_SENT = 20;

    @TempDir
    Path directory;

    @Test
    void requestsOfAKilledProcessAreDoneOnceAndAnsweredByTheNextAsTheFirstTime() throws Exception {
        Path database = directory.resolve("store.db");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int from = 0;
        int answered = 0;
        int unanswered = 0;
        int doneThoughUnanswered = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> lines = runAndKill(database, from, 50 + random.nextInt(300));
            Map<Integer, String> done = new HashMap<>();
            int to = from;
            for (String line : lines) {
                String[] parts = line.split(" ");
                int request = Integer.parseInt(parts[1]);
                to = Math.max(to, request + 1);
                if (parts[0].equals("done")) {
                    done.put(request, parts[2]);
                }
            }
            try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
                RecordStore<String, Row> store = RequestWriter.prepared(keep);
                for (int request = from; request < to + NEVER_SENT; request++) {
                    WriteResult<String, Row> result = RequestWriter.send(keep, store, request);
                    String first = done.get(request);
                    if (first != null) {
                        answered++;
                        assertThat(result)
                                .as("request %d, seed %d, kill %d", request, seed, kill)
                                .isInstanceOf(WriteResult.Duplicate.class);
                        assertThat(RequestWriter.answer(result)).isEqualTo(first);
                    } else if (request < to) {
                        unanswered++;
                        doneThoughUnanswered += result instanceof WriteResult.Duplicate ? 1 : 0;
                    }
                }
                checkEffects(keep, store, to + NEVER_SENT);
            }
            from = to + NEVER_SENT;
        }
        System.out.println("Requests: " + KILLS + " kills, " + answered + " answered, " + unanswered
                + " sent and not answered, of which " + doneThoughUnanswered + " were done; seed " + seed);
        assertThat(answered).isPositive();
    }

    private static void checkEffects(RowKeep keep, RecordStore<String, Row> store, int requests) {
        Map<String, Long> effects = keep.log().read(keep.log().start(), Integer.MAX_VALUE).stream()
                .map(Commit::header)
                .filter(header -> header.correlationId().isPresent())
                .collect(Collectors.groupingBy(header -> header.correlationId().orElseThrow(), Collectors.counting()));
        long expected = 0;
        for (int request = 0; request < requests; request++) {
            expected += RequestWriter.writes(request) ? 1 : 0;
            assertThat(effects.getOrDefault("r" + request, 0L))
                    .as("effects of request %d", request)
                    .isEqualTo(RequestWriter.writes(request) ? 1 : 0);
        }
        assertThat(store.query().list().stream()
                        .mapToLong(record -> record.value().require(RequestWriter.VALUE))
                        .sum())
                .isEqualTo(expected);
    }

    private List<String> runAndKill(Path database, int from, long millis) throws Exception {
        Path output = directory.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RequestWriter.class.getName(),
                        database.toString(),
                        Integer.toString(from))
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
        String whole = Files.readString(output);
        return whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList();
    }
}
