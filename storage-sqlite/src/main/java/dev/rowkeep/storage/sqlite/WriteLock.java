package dev.rowkeep.storage.sqlite;

import java.nio.channels.FileLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins transactions that write, against other processes that do the same.
 *
 * <p>SQLite's own waiting sleeps for up to a tenth of a second between two attempts, and is in no order; a process that commits one batch
 * after another would hardly ever be found without the lock. Here the pauses stay short, and random so that processes do not wait in
 * step, and all pass a {@link Turnstile}.
 */
final class WriteLock {
    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final Turnstile turnstile;
    private final Duration longest;

    /** Waits for at most {@code longest} each time. */
    WriteLock(Turnstile turnstile, Duration longest) {
        this.turnstile = turnstile;
        this.longest = longest;
    }

    /**
     * Takes the lock; an interrupt of the caller does not end the waiting.
     *
     * @throws SQLException of the kind busy if it was not free for too long
     */
    void take(Session session) throws SQLException {
        run(session, "BEGIN IMMEDIATE");
    }

    /**
     * Writes the whole database anew, which takes and gives back the lock by itself. Others that want to write wait meanwhile, and fail
     * as busy where that takes longer than they wait.
     *
     * @throws SQLException of the kind busy if the lock was not free for too long
     */
    void rewrite(Session session) throws SQLException {
        run(session, "VACUUM");
    }

    private void run(Session session, String statement) throws SQLException {
        long deadline = System.nanoTime() + longest.toNanos();
        FileLock passing = turnstile.enter();
        boolean interrupted = false;
        session.busyTimeout(0);
        try {
            for (long pause = FIRST_PAUSE_NANOS; !tryRun(session, statement, deadline); ) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
                interrupted |= Thread.interrupted();
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        } finally {
            session.busyTimeout((int) longest.toMillis());
            Turnstile.leave(passing);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Puts a commit behind whatever is in the log, which makes that durable. */
    void commitBehind(Session session) throws SQLException {
        take(session);
        try {
            session.execute(Format.DURABLE_COMMIT);
            session.execute("COMMIT");
        } catch (SQLException e) {
            session.forgetStatements();
            try {
                session.execute("ROLLBACK");
            } catch (SQLException over) {
                session.forgetStatements(); // There was no transaction any more.
            }
            throw e;
        }
    }

    private static boolean tryRun(Session session, String statement, long deadline) throws SQLException {
        try {
            session.execute(statement);
            return true;
        } catch (SQLException e) {
            if (Failures.primary(e) != Failures.BUSY || System.nanoTime() - deadline >= 0) {
                throw e;
            }
            return false;
        }
    }
}
