package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.error.InterruptedWriteException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A crowd of writers, some of whom wait, some not, some interrupted while they wait: batches are committed one after the other by one
 * leader at a time, each write that was not cancelled once, and nobody waits for ever.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CommitGateCrowdTest {
    private static final int WRITERS = 6;
    private static final int WRITES_EACH = 4_000;

    /** After so many writes everybody waits for everybody: who was not woken then stays away. */
    private static final int WRITES_A_ROUND = 8;

    private static final long COMMIT_NANOS = 20_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final ExecutorService drains = Executors.newSingleThreadExecutor();
    private final long seed = Long.getLong("rowkeep.seed", System.nanoTime());
    private final CyclicBarrier rounds = new CyclicBarrier(WRITERS);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();
    private long committed;

    private final CommitGate gate = new CommitGate(
            this::commit,
            drains,
            settled -> settled.forEach(ticket -> {
                if (ticket.future != null) {
                    ticket.future.complete(ticket);
                }
            }));

    @AfterEach
    void end() {
        threads.shutdownNow();
        drains.shutdownNow();
    }

    private void commit(List<Ticket> batch, int waiting) {
        if (inside.getAndIncrement() != 0) {
            broken.set(true);
        }
        LockSupport.parkNanos(COMMIT_NANOS); // Meanwhile others queue.
        for (Ticket ticket : batch) {
            ticket.provisional = List.of(new Outcome.Passed());
            ticket.provisionalSequence = ++committed;
            ticket.settle();
        }
        inside.getAndDecrement();
    }

    @Test
    void oneLeadsAtATimeAndEveryWriteIsCommittedOnceOrCancelled() throws Exception {
        List<Future<List<Long>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            writers.add(threads.submit(() -> write(random)));
        }
        Set<Long> numbers = new HashSet<>();
        long writes = 0;
        for (Future<List<Long>> writer : writers) {
            List<Long> own = writer.get();
            assertThat(own).as("in the order of asking, seed %d", seed).isSorted();
            numbers.addAll(own);
            writes += own.size();
        }
        gate.close();
        assertThat(broken).as("two leaders at once, seed %d", seed).isFalse();
        assertThat(numbers).as("seed %d", seed).hasSize((int) writes);
        assertThat(committed).as("seed %d", seed).isEqualTo(writes);
        assertThat(gate.waiting()).isZero();
    }

    /** The numbers of the writes that were committed. */
    private List<Long> write(Random random) throws Exception {
        Writer writer = new Writer(Author.system("test"), null, null);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < WRITES_EACH; i++) {
            if (i % WRITES_A_ROUND == 0) {
                rounds.await(20, TimeUnit.SECONDS);
            }
            boolean waits = random.nextInt(4) > 0;
            CompletableFuture<Ticket> future = waits ? null : new CompletableFuture<>();
            Ticket ticket = new Ticket(List.of(), writer, null, future);
            if (waits && random.nextInt(50) == 0) {
                Thread.currentThread().interrupt();
            }
            gate.enqueue(ticket);
            if (future != null) {
                numbers.add(future.get().sequence());
                continue;
            }
            try {
                gate.await(ticket);
                numbers.add(ticket.sequence());
            } catch (InterruptedWriteException e) {
                assertThat(ticket.isCancelled()).isTrue();
            }
            Thread.interrupted();
        }
        return numbers;
    }
}
