package dev.rowkeep.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins a transaction that writes, against other connections that do the same.
 *
 * <p>SQLite's own waiting sleeps for up to a tenth of a second between two attempts; a process that commits one batch after another would
 * hardly ever be found without the lock. Here the pauses stay short, and random so that processes do not wait in step.
 */
final class WriteLock {
    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private WriteLock() {}

    /**
     * Takes the lock; an interrupt of the caller does not end the waiting.
     *
     * @throws SQLException of the kind busy if it was not free for {@code longest}
     */
    static void take(Session session, Duration longest) throws SQLException {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        session.busyTimeout(0);
        try {
            for (long pause = FIRST_PAUSE_NANOS; !tryTake(session, deadline); ) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
                interrupted |= Thread.interrupted();
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        } finally {
            session.busyTimeout((int) longest.toMillis());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean tryTake(Session session, long deadline) throws SQLException {
        try {
            session.execute("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (Failures.primary(e) != Failures.BUSY || System.nanoTime() - deadline >= 0) {
                throw e;
            }
            return false;
        }
    }
}
