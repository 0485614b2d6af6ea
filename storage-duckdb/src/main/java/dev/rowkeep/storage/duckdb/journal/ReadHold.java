package dev.rowkeep.storage.duckdb.journal;

import java.util.concurrent.locks.StampedLock;

/**
 * Keeps a journal from being written anew until it is let go of, by whichever thread; more than once is as good as once. So no reader meets a
 * segment that was written anew and one behind it that was not.
 */
final class ReadHold implements AutoCloseable {
    private final StampedLock lock;
    private long stamp;

    /** Waits while the journal is being written anew. */
    ReadHold(StampedLock lock) {
        this.lock = lock;
        this.stamp = lock.readLock();
    }

    @Override
    public void close() {
        if (stamp != 0) {
            lock.unlockRead(stamp);
            stamp = 0;
        }
    }
}
