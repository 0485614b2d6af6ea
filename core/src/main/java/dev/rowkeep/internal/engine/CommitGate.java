package dev.rowkeep.internal.engine;

import dev.rowkeep.error.ClosedException;
import dev.rowkeep.error.InterruptedWriteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The place where writes queue and are committed in groups. There is no writer thread: the first waiter becomes the leader, commits
 * a bounded batch as one storage transaction, hands leadership on, and answers; the others sleep. A single writer pays no hand-off.
 *
 * <p>Invariants: at most one thread leads; tickets are taken in the order of their arrival; whoever stops leading while tickets
 * wait wakes somebody who will lead, a waiter of the first ticket or the drain task.
 */
final class CommitGate {
    /** The most tickets that one storage transaction takes. */
    static final int MAX_TICKETS = 512;

    /** The most edits that one storage transaction takes, unless a single ticket has more. */
    static final int MAX_EDITS = 4096;

    /** The most tickets that may wait; who wants to queue more without waiting for his own is kept until there is room. */
    static final int MAX_WAITING = 1 << 16;

    private static final long LOOK_AGAIN_NANOS = 100_000;

    private final Queue<Ticket> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean leading = new AtomicBoolean();
    /** How many threads have taken tickets and not answered them all yet. */
    private final AtomicInteger answering = new AtomicInteger();

    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    private final CommitDelay delay = new CommitDelay(System::nanoTime, Thread::yield);
    private final Committer committer;
    private final Executor drains;
    private final Answers answers;
    private volatile boolean closed;

    /** Settles every ticket of a batch. Called by one thread at a time; never throws. */
    interface Committer {
        /** Commits {@code batch}, behind which {@code waiting} more are queued. */
        void commit(List<Ticket> batch, int waiting);
    }

    /** Tells callers that their tickets are settled. */
    interface Answers {
        /** Completes the futures of {@code settled}, away from the committing thread. */
        void complete(List<Ticket> settled);
    }

    CommitGate(Committer committer, Executor drains, Answers answers) {
        this.committer = committer;
        this.drains = drains;
        this.answers = answers;
    }

    /**
     * Queues a ticket; its order among the others is fixed when this returns. Where too many wait, a ticket that nobody waits for
     * is kept back meanwhile, and its caller leads if nobody does.
     *
     * @throws ClosedException if the gate is closed
     */
    void enqueue(Ticket ticket) {
        if (!ticket.hasWaiter() && waiting.get() >= MAX_WAITING) {
            makeRoom();
        }
        // Counted before the look at `closed`: either close() sees that this one waits, or this one sees that it is
        // closed.
        waiting.incrementAndGet();
        if (closed) {
            waiting.decrementAndGet();
            throw new ClosedException("The store");
        }
        queue.add(ticket);
        if (!ticket.hasWaiter() && !leading.get()) {
            scheduleDrain();
        }
    }

    /**
     * Waits until a ticket of the caller's is settled, leading where nobody does.
     *
     * @throws InterruptedWriteException if the caller was interrupted before its ticket was taken; nothing was written
     */
    void await(Ticket ticket) {
        boolean interrupted = false;
        while (!ticket.isSettled()) {
            if (leading.compareAndSet(false, true)) {
                leadUntil(ticket);
                continue;
            }
            if (ticket.isSettled()) {
                break;
            }
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                if (ticket.cancel()) {
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (ticket.isCancelled()) {
            wakeNextIfIdle();
            throw new InterruptedWriteException(ticket.target(), new InterruptedException());
        }
    }

    /** Refuses new tickets and waits until those that are there are settled and answered. */
    void close() {
        closed = true;
        commitWhile(() -> waiting.get() > 0 || leading.get() || answering.get() > 0);
    }

    private void makeRoom() {
        commitWhile(() -> waiting.get() >= MAX_WAITING);
    }

    /** Commits, or waits for whoever does, as long as {@code goesOn}; an interrupt is kept for later. */
    private void commitWhile(BooleanSupplier goesOn) {
        boolean interrupted = false;
        while (goesOn.getAsBoolean()) {
            if (waiting.get() > 0 && leading.compareAndSet(false, true)) {
                leadOnce();
            } else {
                LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Commits a batch if tickets wait and nobody leads. For who runs one action after another: a writer who is woken between two comes too late
     * to lead.
     */
    void letPass() {
        if (waiting.get() > 0 && leading.compareAndSet(false, true)) {
            leadOnce();
        }
    }

    /** Runs {@code action} while no batch is being committed. */
    void exclusively(Runnable action) {
        while (!leading.compareAndSet(false, true)) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        try {
            action.run();
        } finally {
            release();
        }
    }

    /** How many tickets wait to be taken. */
    int waiting() {
        return waiting.get();
    }

    private void leadUntil(Ticket own) {
        boolean done = false;
        while (!done) {
            answering.incrementAndGet();
            try {
                List<Ticket> settled = commitNext();
                done = own.isSettled();
                if (done) {
                    release();
                }
                answer(settled);
            } finally {
                answering.decrementAndGet();
            }
        }
    }

    /** Commits one batch, hands leadership on, and answers. Only for the leader. */
    private void leadOnce() {
        answering.incrementAndGet();
        try {
            List<Ticket> settled = commitNext();
            release();
            answer(settled);
        } finally {
            answering.decrementAndGet();
        }
    }

    private void drain() {
        drainScheduled.set(false);
        while (!queue.isEmpty() && leading.compareAndSet(false, true)) {
            leadOnce();
        }
    }

    /** Commits the next batch. Only for the leader. */
    private List<Ticket> commitNext() {
        delay.await(waiting::get);
        List<Ticket> batch = new ArrayList<>();
        int edits = 0;
        while (batch.size() < MAX_TICKETS) {
            Ticket next = queue.peek();
            if (next == null || (!batch.isEmpty() && edits + next.edits.size() > MAX_EDITS)) {
                break;
            }
            if (remove(next) && next.take()) {
                batch.add(next);
                edits += next.edits.size();
            }
        }
        if (!batch.isEmpty()) {
            long started = System.nanoTime();
            committer.commit(batch, waiting.get());
            delay.committed(batch.size(), waiting.get(), System.nanoTime() - started);
        }
        return batch;
    }

    private void release() {
        leading.set(false);
        wakeNextIfIdle();
    }

    private void wakeNextIfIdle() {
        Ticket next = queue.peek();
        while (next != null && next.isCancelled()) {
            remove(next);
            next = queue.peek();
        }
        if (next == null || leading.get()) {
            return;
        }
        if (next.hasWaiter()) {
            next.wake();
        } else {
            scheduleDrain();
        }
    }

    private boolean remove(Ticket ticket) {
        boolean removed = queue.remove(ticket);
        if (removed) {
            waiting.decrementAndGet();
        }
        return removed;
    }

    private void scheduleDrain() {
        if (drainScheduled.compareAndSet(false, true)) {
            drains.execute(this::drain);
        }
    }

    private void answer(List<Ticket> settled) {
        boolean futures = false;
        for (Ticket ticket : settled) {
            if (ticket.hasWaiter()) {
                ticket.wake();
            } else {
                futures = true;
            }
        }
        if (futures) {
            answers.complete(settled);
        }
    }
}
