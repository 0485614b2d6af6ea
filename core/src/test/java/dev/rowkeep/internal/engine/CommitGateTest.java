package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.commit.Author;
import dev.rowkeep.error.ClosedException;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class CommitGateTest {
    private final Confirmations unasked = new Confirmations(
            Optional.empty(),
            sequence -> {
                throw new AssertionError("nobody asked for confirmations");
            },
            sequence -> {});
    private final CountDownLatch answering = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    private void answerSlowly(List<Ticket> settled) {
        answering.countDown();
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settled.forEach(
                ticket -> java.util.Objects.requireNonNull(ticket.future).complete(ticket));
    }

    @Test
    @Timeout(30)
    void closeWaitsUntilWhatWasSettledIsAnswered() throws InterruptedException {
        try (Storage storage = MemoryStorage.create().open(StorageProvider.Access.READ_WRITE)) {
            Observer observer = new Observer(null, Runnable::run, Duration.ofSeconds(1));
            CommitGate gate = new CommitGate(
                    new BatchCommitter(storage, Clock.systemUTC(), observer, Duration.ofDays(1), head -> {}, unasked)
                            ::commit,
                    task -> new Thread(task).start(),
                    this::answerSlowly);
            CompletableFuture<Ticket> future = new CompletableFuture<>();
            gate.enqueue(new Ticket(List.of(), new Writer(Author.system("test"), null, null), null, future));
            answering.await();
            Thread closing = new Thread(gate::close);
            closing.start();
            while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertThat(closing.isAlive()).as("still waits").isTrue();

            answered.countDown();
            closing.join();
            assertThat(future).isCompleted();
        }
    }

    /** Else the count of those who wait would never come back to zero, or a late drain would commit to a closed storage. */
    @Test
    void whoComesAfterItWasClosedIsRefusedAndNotCounted() {
        try (Storage storage = MemoryStorage.create().open(StorageProvider.Access.READ_WRITE)) {
            Observer observer = new Observer(null, Runnable::run, Duration.ofSeconds(1));
            CommitGate gate = new CommitGate(
                    new BatchCommitter(storage, Clock.systemUTC(), observer, Duration.ofDays(1), head -> {}, unasked)
                            ::commit,
                    Runnable::run,
                    settled -> {});
            gate.close();
            Ticket late = new Ticket(
                    List.of(), new Writer(Author.system("test"), null, null), null, new CompletableFuture<>());
            assertThatExceptionOfType(ClosedException.class).isThrownBy(() -> gate.enqueue(late));
            assertThat(gate.waiting()).isZero();
        }
    }
}
