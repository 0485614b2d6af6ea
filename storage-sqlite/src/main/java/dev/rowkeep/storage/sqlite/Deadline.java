package dev.rowkeep.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Ends what a connection is running when its time is over: SQLite asks every so many steps. Used by one thread. */
final class Deadline extends ProgressHandler implements AutoCloseable {
    /** So that asking costs nothing against the steps, and comes every few hundred microseconds at most. */
    private static final int STEPS_BETWEEN_QUESTIONS = 1_000;

    private final SQLiteConnection connection;
    private final long end;

    private Deadline(SQLiteConnection connection, long end) {
        this.connection = connection;
        this.end = end;
    }

    /** The deadline of what {@code connection} runs from now on; without one again when it is closed. */
    static Deadline in(SQLiteConnection connection, Duration timeout) throws SQLException {
        Deadline deadline = new Deadline(connection, System.nanoTime() + timeout.toNanos());
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_QUESTIONS, deadline);
        return deadline;
    }

    @Override
    protected int progress() {
        return isOver() ? 1 : 0;
    }

    /**
     * Checks that there is time left, for what took long in a single step.
     *
     * @throws SQLiteException as SQLite's own, if there is none
     */
    void require() throws SQLException {
        if (isOver()) {
            throw new SQLiteException("The time was over after the last step", SQLiteErrorCode.SQLITE_INTERRUPT);
        }
    }

    private boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    @Override
    public void close() throws SQLException {
        ProgressHandler.clearHandler(connection);
    }
}
