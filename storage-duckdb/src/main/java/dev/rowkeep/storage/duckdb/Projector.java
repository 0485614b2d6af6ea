package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.sql.SQLException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings entries into the database: in the background when there are many or the oldest has waited for long, and at once for who needs
 * them there. One projection at a time. The background thread is there only while there is something to do.
 */
final class Projector {
    /** So many rows are brought in without waiting for more. */
    private static final int MANY_ROWS = 32_768;

    /** With so many rows waiting, who commits brings them in itself, so that they do not become more. */
    static final int MOST_ROWS = 131_072;

    private static final long LONGEST_WAIT_MILLIS = 500;
    private static final long IDLE_THREAD_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(DuckdbStorage.class);

    private final Resident resident;
    private final Sessions sessions;
    private final Reopening reopening;
    private final ReentrantLock projecting = new ReentrantLock();
    private final AtomicBoolean isAboutToProject = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor background;

    /** Opens the database when no connection to it is left, and brings everything in up to an entry. */
    @FunctionalInterface
    interface Reopening {
        DuckdbSession through(long entry) throws SQLException, JournalException;
    }

    Projector(Resident resident, Sessions sessions, Reopening reopening) {
        this.resident = resident;
        this.sessions = sessions;
        this.reopening = reopening;
        this.background = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "rowkeep-projector");
            thread.setDaemon(true);
            return thread;
        });
        background.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
        background.allowCoreThreadTimeOut(true);
        background.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // It was closed meanwhile.
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has the database opened anew if DuckDB has given it up. */
    void revive() {
        if (sessions.areLost()) {
            project();
        }
    }

    /** Returns when the database holds every entry that was there when this was called. */
    void project() {
        if (resident.backlogRows() == 0 && !sessions.areLost()) {
            return;
        }
        projecting.lock();
        try {
            Resident.Backlog backlog = resident.backlog();
            if (sessions.areLost()) {
                LOG.warn("DuckDB has given up the database; it is opened anew");
                sessions.replace(() -> reopening.through(backlog.through()));
                resident.projected(backlog);
            } else if (!backlog.entries().isEmpty()) {
                sessions.use("bring commits into the database", session -> {
                    Projection.write(session, backlog.entries(), backlog.from());
                    return backlog;
                });
                resident.projected(backlog);
            }
        } finally {
            projecting.unlock();
        }
    }

    /** Does what nothing is brought into the database beside, nor the database opened anew. */
    void alone(Runnable action) {
        projecting.lock();
        try {
            action.run();
        } finally {
            projecting.unlock();
        }
    }

    /** Takes note that an entry was added. */
    void added(int rows) {
        int waiting = resident.backlogRows();
        if (waiting >= MANY_ROWS && waiting - rows < MANY_ROWS) {
            background.execute(this::projectQuietly);
        }
        projectLater();
    }

    /** Unless that is about to happen. Whatever is added from the moment on when it begins is for the next time. */
    private void projectLater() {
        if (isAboutToProject.compareAndSet(false, true)) {
            var unused = background.schedule(
                    () -> {
                        isAboutToProject.set(false);
                        projectQuietly();
                    },
                    LONGEST_WAIT_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void projectQuietly() {
        try {
            project();
        } catch (StorageException e) {
            LOG.warn(
                    "Commits could not be brought into the database; they are in the journal, and it is tried again",
                    e);
            if (!background.isShutdown()) {
                projectLater();
            }
        }
    }

    /** Ends the background work, and brings in what is left, if that is possible. */
    void close() {
        background.shutdown();
        projectQuietly();
    }
}
