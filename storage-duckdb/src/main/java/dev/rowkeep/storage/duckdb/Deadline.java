package dev.rowkeep.storage.duckdb;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a statement when its time is over. The driver's cancelling has an effect only while the statement is being executed: not before, so it
 * comes again until the statement is done, and not while streamed rows are fetched, so whoever reads row by row asks for the time. It ends
 * what the connection is doing, so it must not come after the statement is done.
 */
final class Deadline implements AutoCloseable {
    private static final long AGAIN_MILLIS = 20;

    private final Statement statement;
    private final CompletableFuture<Void> timer = new CompletableFuture<>();
    private boolean isDone;
    private volatile boolean isOver;

    private Deadline(Statement statement) {
        this.statement = statement;
    }

    static Deadline of(Statement statement, Duration timeout) {
        Deadline deadline = new Deadline(statement);
        var unused = deadline.timer
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((done, late) -> deadline.end());
        return deadline;
    }

    private synchronized void end() {
        if (isDone) {
            return;
        }
        isOver = true;
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It has ended by itself.
        }
        CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS).execute(this::end);
    }

    /** Whether the time is over. */
    boolean isOver() {
        return isOver;
    }

    /**
     * Checks that there is time left.
     *
     * @throws SQLTimeoutException if there is none
     */
    void requireTime() throws SQLTimeoutException {
        if (isOver) {
            throw new SQLTimeoutException("The time is over");
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            isDone = true;
        }
        timer.complete(null);
    }
}
