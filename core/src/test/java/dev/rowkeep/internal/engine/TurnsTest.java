package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.internal.engine.Turns.Pending;
import dev.rowkeep.spi.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Lincheck cannot see of turns: it lets a parked thread go on unasked, and knows no order of arrival. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TurnsTest {
    private static final Object KEY = "k";

    private final Turns turns = new Turns();

    private static Pending pending(long version) {
        Ticket ticket =
                new Ticket(List.of(), new Writer(Author.system("test"), null, null), null, new CompletableFuture<>());
        return new Pending(
                new Image(
                        KEY,
                        version,
                        version << 20,
                        Image.Liveness.LIVE,
                        new Object[0],
                        Author.system("test"),
                        0,
                        null,
                        0),
                ticket);
    }

    @Test
    void waitersAreWokenInTheOrderOfTheirArrival() throws InterruptedException {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiters = new ArrayList<>();
        turns.acquire(KEY);
        for (int i = 0; i < 5; i++) {
            int place = i;
            Thread waiter = new Thread(() -> takeATurn(order, place));
            waiter.setDaemon(true);
            waiter.start();
            waiters.add(waiter);
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        turns.release(KEY, null);
        for (Thread waiter : waiters) {
            waiter.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    private void takeATurn(List<Integer> order, int place) {
        try {
            turns.acquire(KEY);
            order.add(place);
            turns.release(KEY, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void settlingOneTicketForgetsNoImageOfALaterOne() throws InterruptedException {
        Pending first = pending(1);
        Pending second = pending(2);
        turns.acquire(KEY);
        turns.release(KEY, first);
        turns.acquire(KEY);
        assertThat(turns.pending(KEY)).isSameAs(first);
        turns.release(KEY, second);
        turns.settled(KEY, first.ticket());
        turns.acquire(KEY);
        assertThat(turns.pending(KEY)).isSameAs(second);
        turns.release(KEY, null);
    }

    @Test
    void settledImageIsNotSeen() throws InterruptedException {
        Pending left = pending(1);
        turns.acquire(KEY);
        turns.release(KEY, left);
        left.ticket().settle();
        turns.acquire(KEY);
        assertThat(turns.pending(KEY)).isNull();
        turns.release(KEY, null);
    }
}
