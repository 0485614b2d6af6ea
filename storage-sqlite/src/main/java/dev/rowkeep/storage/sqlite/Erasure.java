package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Erases from the log, and then what was there before from the files.
 *
 * <ul>
 *   <li>What a row held before is in free pages, in the free bytes of pages, and in frames of the write-ahead log. SQLite's {@code secure_delete}
 *       overwrites what it deletes, but not the copies of cells that stay behind in a page when it spreads cells over pages anew. So the database is
 *       written anew from its rows ({@code VACUUM}): nothing comes of that but what is there.
 *   <li>Then all of it is brought from the write-ahead log into the file, and that log cut to nothing. A read that began before
 *       keeps SQLite from doing so, in whatever process it is; for that, this waits a while.
 *   <li>Whatever fails, doing it again from the start is right: what was erased stays so, and the rest is done whether something was to be erased
 *       or not.
 * </ul>
 *
 * <p>Used by the owner of the {@link Writer}.
 */
final class Erasure {
    private static final String ACTION = "erase from the history";

    /** How long other writers may be kept waiting by one attempt to cut the write-ahead log. */
    private static final int ATTEMPT_MILLIS = 100;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Writer writer;
    private final WriteLock writeLock;
    private final Catalog catalog;
    private final Path file;
    private final Duration longest;

    /** For which records the database was written anew, while its log was not yet cut: another attempt need not write it again. */
    private @Nullable List<ErasedRecords> rewritten;

    /** Waits for reads for at most {@code longest}. */
    Erasure(Writer writer, WriteLock writeLock, Catalog catalog, Path file, Duration longest) {
        this.writer = writer;
        this.writeLock = writeLock;
        this.catalog = catalog;
        this.file = file;
        this.longest = longest;
    }

    /**
     * Erases, durably and from all files.
     *
     * @throws StorageException {@code BUSY} if others write or read for too long; what is erased from the log is so, what it was may be in
     *     files still, and another attempt goes on
     */
    @SuppressWarnings(
            "ReferenceEquality") // Core's next attempt comes with the same list; an equal one only costs time.
    void run(List<ErasedRecords> records) {
        if (rewritten != records) {
            rewritten = null;
            writer.write(ACTION, session -> new LogErasure(session, catalog, records).run());
            writer.outside(ACTION, writeLock::rewrite);
            rewritten = records;
        }
        writer.outside(ACTION, this::cutLog);
        rewritten = null;
    }

    private void cutLog(Session session) throws SQLException {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        session.busyTimeout((int) Math.min(ATTEMPT_MILLIS, longest.toMillis()));
        try {
            while (!Format.checkpoint(session)) {
                if (System.nanoTime() - deadline >= 0) {
                    throw pinned();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                interrupted |= Thread.interrupted();
            }
        } finally {
            session.busyTimeout((int) longest.toMillis());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StorageException pinned() {
        return new StorageException(
                StorageException.Kind.BUSY,
                "Cannot " + ACTION + " in " + file
                        + " to its end: the log of changes no longer holds what is erased, but"
                        + " SQLite's write-ahead log does, which cannot be cut while somebody reads what it holds. Waited "
                        + longest.toMillis()
                        + " ms. Close views, scans and backups that are open, in other processes and"
                        + " programs too, and erase again; opening the storage for writing does so as well.",
                null);
    }
}
