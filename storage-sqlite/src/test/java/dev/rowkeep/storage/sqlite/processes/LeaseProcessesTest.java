package dev.rowkeep.storage.sqlite.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.storage.tck.LeaseAudit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever holds the lease is stopped for longer than it lasts, between any two instructions, while another process takes it over. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs SIGSTOP")
final class LeaseProcessesTest {
    private static final int ROUNDS = "long".equals(System.getProperty("rowkeep.evidence")) ? 200 : 8;
    private static final int PROCESSES = 3;

    @TempDir
    Path directory;

    private final List<WorkerProcess> running = new ArrayList<>();
    private final long seed = Long.getLong("rowkeep.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @AfterEach
    void end() throws InterruptedException {
        for (WorkerProcess each : running) {
            each.kill();
        }
    }

    @Test
    void holderWhoWasStoppedForLongerThanTheLeaseLastsWritesNothing() throws Exception {
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")))) {
            keep.store(LeaseHolder.RECORDS)
                    .insert(Row.of(LeaseHolder.RECORDS, "r").with(LeaseHolder.VALUE, 0L));
            for (int i = 0; i < PROCESSES; i++) {
                running.add(WorkerProcess.start(LeaseHolder.class, directory, "w" + i));
            }
            for (int round = 0; round < ROUNDS; round++) {
                Lease held = awaitHolder(keep);
                int holder = Integer.parseInt(held.holder().substring(1));
                running.get(holder).pause(LeaseHolder.TIME.toMillis() * 2 + random.nextInt(100));
            }
            Files.createFile(directory.resolve("stop"));
            for (WorkerProcess each : running) {
                assertThat(each.awaitEnd())
                        .as("seed %d: a process ends as it should", seed)
                        .isTrue();
            }
            long tokens = LeaseAudit.requireNoWriteByAStaleHolder(keep);
            long refused = diaries("refused ");
            System.out.println("Leases: " + ROUNDS + " pauses of holders, " + tokens + " tokens, " + refused
                    + " writes refused, " + keep.log().head().sequence() + " commits, seed " + seed);
            assertThat(tokens).as("tokens, seed %d", seed).isGreaterThanOrEqualTo(ROUNDS);
            assertThat(refused).as("every holder was refused in the end").isEqualTo(diaries("acquired "));
        }
    }

    private static Lease awaitHolder(RowKeep keep) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            Optional<Lease> held = keep.session(Author.system("test")).leases().held(LeaseHolder.LEASE);
            if (held.isPresent()) {
                return held.get();
            }
            Thread.sleep(2);
        }
        throw new AssertionError("Nobody acquires the lease");
    }

    private long diaries(String beginning) throws Exception {
        long lines = 0;
        for (int i = 0; i < PROCESSES; i++) {
            lines += Files.readAllLines(directory.resolve("diary-w" + i)).stream()
                    .filter(line -> line.startsWith(beginning))
                    .count();
        }
        return lines;
    }
}
