package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.internal.engine.Turns.Pending;
import dev.rowkeep.spi.Image;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever has a turn counts on from the image that the holder before left, or from what was committed if that one is settled: a count
 * that two holders made at once, or on an image that was not the last, comes out lower than that of a plain counter.
 */
@Tag("lincheck")
public final class TurnsLinearizabilityTest {
    private static final Object KEY = "k";

    private final Turns turns = new Turns();
    private final AtomicLong committed = new AtomicLong();

    /** A holder whose image is committed after its turn. */
    @Operation
    public long add() throws InterruptedException {
        Ticket ticket =
                new Ticket(List.of(), new Writer(Author.system("test"), null, null), null, new CompletableFuture<>());
        turns.acquire(KEY);
        long next = seen() + 1;
        turns.release(KEY, new Pending(image(next), ticket));
        committed.accumulateAndGet(next, Math::max);
        ticket.take();
        ticket.settle();
        turns.settled(KEY, ticket);
        return next;
    }

    /** A holder that leaves nothing. */
    @Operation
    public long read() throws InterruptedException {
        turns.acquire(KEY);
        long seen = seen();
        turns.release(KEY, null);
        return seen;
    }

    private long seen() {
        Pending left = turns.pending(KEY);
        return left == null ? committed.get() : left.image().version();
    }

    private static Image image(long version) {
        return new Image(
                KEY, version, version << 20, Image.Liveness.LIVE, new Object[0], Author.system("test"), 0, null, 0);
    }

    @Test
    void holdersCountAsOne() {
        new ModelCheckingOptions()
                .iterations("long".equals(System.getProperty("rowkeep.evidence")) ? 4 : 2)
                .invocationsPerIteration(600)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .sequentialSpecification(Counter.class)
                .check(TurnsLinearizabilityTest.class);
    }

    /** What turns must look like. */
    public static final class Counter {
        private long count;

        public long add() {
            return ++count;
        }

        public long read() {
            return count;
        }
    }
}
