package dev.rowkeep.storage.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends a statement when its time is over. It ends what its connection is doing, so it must not come after the statement is done. */
final class Deadline implements AutoCloseable {
    private final Statement statement;
    private final CompletableFuture<Void> timer = new CompletableFuture<>();
    private boolean isDone;
    private boolean isOver;

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
    }

    /** Whether the time is over. */
    synchronized boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        synchronized (this) {
            isDone = true;
        }
        timer.complete(null);
    }
}
