package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.error.ClosedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tickets that threads queue at once are committed once each and in the order in which they were queued, and {@code close} waits for
 * all that was accepted: in every interleaving that is explored, the gate answers as a plain counter that can be closed.
 */
@Tag("lincheck")
public final class CommitGateLinearizabilityTest {
    private static final long REFUSED = -1;
    private static final Writer WRITER = new Writer(Author.system("test"), null, null);

    /** Which commit a ticket was, in the order in which the gate gave them out. Only the leader writes here. */
    private final Map<Ticket, Long> numbers = new HashMap<>();

    private volatile long count;
    private final CommitGate gate = new CommitGate(this::commit, Runnable::run, settled -> {});

    private void commit(List<Ticket> tickets, int waiting) {
        for (Ticket ticket : tickets) {
            long number = ticket.hasWaiter() ? count + 1 : count;
            if (numbers.put(ticket, number) != null) {
                throw new IllegalStateException("a ticket was committed twice");
            }
            count = number;
            ticket.settle();
        }
    }

    /** A writer who waits: which of these commits it was. */
    @Operation
    public long write() {
        Ticket ticket = ticket(null);
        try {
            gate.enqueue(ticket);
            gate.await(ticket);
        } catch (ClosedException e) {
            return REFUSED;
        }
        return numbers.get(ticket);
    }

    /** A writer who does not wait, behind one who does: it lands behind it, or was refused. */
    @Operation
    public void writeAndGoOn() {
        Ticket ticket = ticket(new CompletableFuture<>());
        try {
            gate.enqueue(ticket);
        } catch (ClosedException e) {
            return;
        }
        write();
        if (!ticket.isSettled()) {
            throw new IllegalStateException("a ticket was overtaken");
        }
    }

    private static Ticket ticket(@Nullable CompletableFuture<Ticket> future) {
        return new Ticket(List.of(), WRITER, null, future);
    }

    /** Refuses what comes later; how many commits there were. */
    @Operation(runOnce = true)
    public long close() {
        gate.close();
        return count;
    }

    @Test
    void gateIsAQueueThatCanBeClosed() {
        new ModelCheckingOptions()
                .iterations(12)
                .invocationsPerIteration(600)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .sequentialSpecification(Counter.class)
                .check(CommitGateLinearizabilityTest.class);
    }

    /** What the gate must look like. */
    public static final class Counter {
        private long count;
        private boolean closed;

        public long write() {
            return closed ? REFUSED : ++count;
        }

        public void writeAndGoOn() {
            write();
        }

        public long close() {
            closed = true;
            return count;
        }
    }
}
