package dev.rowkeep.storage.duckdb;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a statement when its time is over. It ends what its connection is doing, so it must not come after the statement is done; and it has
 * no effect before the statement begins, so it comes again until then.
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
     * Checks that there is time left: for whoever reads row by row, since the end that comes from outside waits for a lock of the driver,
     * which a busy reader takes again and again.
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
