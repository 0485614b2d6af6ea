package dev.rowkeep.internal.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the durable head of the log is announced to those who follow it. Commits of this process announce themselves; where others may
 * commit too, followers look at the storage's head every few milliseconds, which costs next to nothing while it stands still.
 */
final class LogFeed {
    /** Between two looks at what other processes have committed. */
    private static final long LOOK_NANOS = 5_000_000;

    /** Longer than anybody waits, and far from overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final AtomicLong head;
    private final AtomicInteger followers = new AtomicInteger();

    /** The newest sequence in the storage, where other processes may commit; null where none can. */
    private final @Nullable LongSupplier shared;

    private volatile boolean closed;

    LogFeed(long head, @Nullable LongSupplier shared) {
        this.head = new AtomicLong(head);
        this.shared = shared;
    }

    /** The newest durable commit's sequence that was announced. */
    long head() {
        return head.get();
    }

    /** The newest durable commit's sequence, of whichever process. */
    long newest() {
        if (shared != null && !closed) {
            head.accumulateAndGet(shared.getAsLong(), Math::max);
        }
        return head.get();
    }

    /** Announces a new head; one that is older than what is known is not one. */
    void advance(long sequence) {
        head.accumulateAndGet(sequence, Math::max);
        if (followers.get() > 0) {
            signal();
        }
    }

    /** Waits until the head has come to {@code sequence}; false if it had not when the time was over or the feed was closed. */
    boolean await(long sequence, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + saturatedNanos(timeout);
        while (newest() < sequence) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !pause(sequence - 1, left)) {
                return head.get() >= sequence;
            }
        }
        return true;
    }

    private static long saturatedNanos(Duration timeout) {
        return timeout.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : timeout.toNanos();
    }

    /** Waits until the head is beyond {@code sequence}; false if the feed was closed first. */
    boolean awaitBeyond(long sequence) throws InterruptedException {
        while (newest() <= sequence) {
            if (!pause(sequence, LONGEST.toNanos())) {
                return head.get() > sequence;
            }
        }
        return true;
    }

    /** Waits for the head to move, or for the time to look at the storage, which is not done under the lock; false if closed. */
    private boolean pause(long sequence, long mostNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            followers.incrementAndGet();
            long left = shared == null ? mostNanos : Math.min(mostNanos, LOOK_NANOS);
            while (head.get() <= sequence && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return !closed;
        } finally {
            followers.decrementAndGet();
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
