package dev.rowkeep.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where the durable head of the log is announced to those who follow it. */
final class LogFeed {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long head;
    private final AtomicInteger followers = new AtomicInteger();
    private boolean closed;

    LogFeed(long head) {
        this.head = head;
    }

    /** The newest durable commit's sequence. */
    long head() {
        return head;
    }

    /** Announces a new head. */
    void advance(long sequence) {
        head = sequence;
        if (followers.get() > 0) {
            signal();
        }
    }

    /** Waits until the head is beyond {@code sequence}; false if the feed was closed first. */
    boolean awaitBeyond(long sequence) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            followers.incrementAndGet();
            while (head <= sequence && !closed) {
                moved.await();
            }
            return head > sequence;
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
