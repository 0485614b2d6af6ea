package dev.rowkeep.storage.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What every process passes before it tries for SQLite's write lock, and who waits for that stands in: so a process that commits one batch
 * after another queues behind it, and cannot keep it out for ever. It is a lock on one byte of the lock file, which goes with its process.
 *
 * <p>Only fairness depends on it: who finds it taken for long, by a process that was stopped there, goes past it, and from then on does
 * so at once until it is free again. Used by one thread at a time.
 */
final class Turnstile {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final @Nullable FileChannel file;
    private final long at;
    private boolean isStuck;

    private Turnstile(@Nullable FileChannel file, long at) {
        this.file = file;
        this.at = at;
    }

    /** One at a place in a file that all processes lock. */
    static Turnstile shared(FileChannel file, long at) {
        return new Turnstile(file, at);
    }

    /** One that nobody else passes. */
    static Turnstile alone() {
        return new Turnstile(null, 0);
    }

    /** Steps in; null if there was no need to, or no getting in. An interrupt is kept for later. */
    @Nullable
    FileLock enter() {
        if (file == null) {
            return null;
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        try {
            FileLock lock = file.tryLock(at, 1, false);
            for (long pause = FIRST_PAUSE_NANOS; lock == null && !isStuck && System.nanoTime() - deadline < 0; ) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
                interrupted |= Thread.interrupted();
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                lock = file.tryLock(at, 1, false);
            }
            isStuck = lock == null;
            return lock;
        } catch (IOException | OverlappingFileLockException e) {
            return null; // It is only for fairness.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Steps out again. */
    static void leave(@Nullable FileLock lock) {
        try {
            if (lock != null) {
                lock.release();
            }
        } catch (IOException e) {
            // Others wait for a while, and then go past it.
        }
    }
}
