package dev.rowkeep.storage.sqlite.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes write, read through their caches and follow the log of one file, while they are killed and paused. Every write is looked
 * for in the log by its name; every read was checked against what anybody had been told before it.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs SIGSTOP")
final class SeveralProcessesTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final int PROCESSES = IS_LONG ? 4 : 3;
    private static final long MILLIS = IS_LONG ? 600_000 : 6_000;

    @TempDir
    Path directory;

    private final List<WorkerProcess> running = new ArrayList<>();
    private final long seed = Long.getLong("rowkeep.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int started;
    private int kills;
    private int pauses;

    @AfterEach
    void end() throws InterruptedException {
        for (WorkerProcess each : running) {
            each.kill();
        }
    }

    @Test
    void processesOnOneFileLoseNothingReadNothingOldAndSeeEachOthersCommitsInOrder() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            running.add(start());
        }
        for (WorkerProcess each : running) {
            assertThat(each.awaitWriting())
                    .as("seed %d: a process writes", seed)
                    .isTrue();
        }
        disturb();
        Files.createFile(directory.resolve("stop"));
        for (WorkerProcess each : running) {
            assertThat(each.awaitEnd())
                    .as("seed %d: a process ends as it should", seed)
                    .isTrue();
        }
        check();
    }

    private WorkerProcess start() throws IOException {
        return WorkerProcess.start(Worker.class, directory, "w" + started++);
    }

    private void disturb() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        while (System.nanoTime() < deadline || kills < 2 || pauses < 2) {
            Thread.sleep(100 + random.nextInt(IS_LONG ? 2_000 : 500));
            int chosen = random.nextInt(PROCESSES);
            WorkerProcess one = running.get(chosen);
            if (kills <= pauses) {
                one.kill();
                running.set(chosen, start());
                assertThat(running.get(chosen).awaitWriting())
                        .as("seed %d: a process writes after kill %d", seed, kills)
                        .isTrue();
                kills++;
            } else {
                one.pause(50 + random.nextInt(IS_LONG && pauses % 20 == 19 ? 8_000 : 700));
                pauses++;
            }
        }
    }

    private void check() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        Set<String> refused = new HashSet<>();
        for (String line : diaries()) {
            if (line.startsWith("+ ")) {
                acknowledged.add(line.substring(2));
            } else if (line.startsWith("- ")) {
                refused.add(line.substring(2));
            } else {
                assertThat(line).as("seed %d", seed).startsWith("feed ended at ");
            }
        }
        Board board = new Board(directory.resolve("board"));
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            RecordStore<String, Row> store = keep.store(Worker.RECORDS);
            Map<String, Long> updates = new HashMap<>();
            Set<String> logged = writes(keep, updates);
            assertThat(logged)
                    .as("seed %d: no acknowledged write is lost", seed)
                    .containsAll(acknowledged);
            assertThat(refused).as("seed %d: nothing refused was written", seed).noneMatch(logged::contains);
            for (int i = 0; i < Worker.COUNTERS; i++) {
                String key = "k" + i;
                assertThat(store.get(key).orElseThrow().value().require(Worker.VALUE))
                        .as("seed %d: the sum of %s", seed, key)
                        .isEqualTo(updates.getOrDefault(key, 0L));
            }
            assertThat(keep.log().verify().problem()).as("seed %d", seed).isEmpty();
        }
        System.out.println("Processes: " + started + ", kills: " + kills + ", pauses: " + pauses + ", acknowledged: "
                + acknowledged.size() + ", refused: " + refused.size() + ", retries: "
                + board.counted(Board.Tally.RETRIES) + ", checked reads: "
                + board.counted(Board.Tally.CHECKED_READS) + ", cache hits: "
                + board.counted(Board.Tally.CACHE_HITS) + ", deliveries: "
                + board.counted(Board.Tally.DELIVERIES) + ", of others' later than 100 ms: "
                + board.counted(Board.Tally.SLOW_DELIVERIES));
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(board.counted(Board.Tally.RETRIES)).as("lost races").isPositive();
        assertThat(board.counted(Board.Tally.CACHE_HITS)).as("cached reads").isPositive();
    }

    private List<String> diaries() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("diary-"))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** The names of all writes in the log, each of which is there once, and how many updates each record had. */
    private Set<String> writes(RowKeep keep, Map<String, Long> updates) {
        Set<String> logged = new HashSet<>();
        Position after = keep.log().start();
        List<Commit> commits = keep.log().read(after, 1_000);
        while (!commits.isEmpty()) {
            for (Commit commit : commits) {
                commit.header()
                        .correlationId()
                        .ifPresent(write -> assertThat(logged.add(write))
                                .as("seed %d: %s is in the log once", seed, write)
                                .isTrue());
                commit.changes().stream()
                        .filter(change -> change.kind() == ChangeKind.UPDATE)
                        .forEach(change -> updates.merge((String) change.key(), 1L, Long::sum));
                after = commit.header().position();
            }
            commits = keep.log().read(after, 1_000);
        }
        return logged;
    }
}
