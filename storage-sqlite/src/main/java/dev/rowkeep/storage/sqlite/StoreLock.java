package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to have a database open, together with other processes or alone.
 *
 * <p>Between processes it is locks on a file beside the database, which says who opened it last and is never removed: with a lock file
 * that comes and goes, two processes can hold locks on two files of one name. One byte is locked while somebody opens, so that openings follow
 * each other; another while it is open, by all that share it or by the one that does not; a third by who waits to write. Within this process it is a system property,
 * seen by every copy of this class whatever its class loader; it is asked first, because closing the lock file lets go of the whole
 * process's locks on it.
 *
 * <p>To be acquired on a thread that is not interrupted.
 */
final class StoreLock implements AutoCloseable {
    private static final String PROPERTY = "dev.rowkeep.sqlite.open:";

    /** Beyond the text that the file holds, which other processes must be able to read. */
    private static final long OPEN_BYTE = 1L << 40;

    private static final long OPENING_BYTE = OPEN_BYTE + 1;
    private static final long TURN_BYTE = OPEN_BYTE + 2;
    private static final long LOOK_AGAIN_MILLIS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStorage.class);

    private static final int MOST_TEXT = 200;

    private final String property;
    private final RandomAccessFile file;
    private final Mode mode;
    private final FileLock opening;
    private FileLock open;

    /** With whom a database is open. */
    enum Mode {
        /** With whoever shares it. */
        SHARED,
        /** With nobody. */
        EXCLUSIVE
    }

    private StoreLock(String property, RandomAccessFile file, Mode mode, FileLock opening, FileLock open) {
        this.property = property;
        this.file = file;
        this.mode = mode;
        this.opening = opening;
        this.open = open;
    }

    /**
     * Takes the lock, waiting for another process that is just opening.
     *
     * @throws StorageException {@code BUSY} if somebody else holds it, saying who
     */
    static StoreLock acquire(DatabaseFile database, Mode mode, Access access, Duration longest) {
        String property = PROPERTY + database.path();
        String me = "process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + (access == Access.READ_ONLY ? ", for reading" : "")
                + (mode == Mode.EXCLUSIVE ? ", exclusively" : "");
        String holder = (String) System.getProperties().putIfAbsent(property, me);
        if (holder != null) {
            throw new StorageException(
                    Kind.BUSY,
                    "Cannot open " + database.path() + ": it is open already in this process (" + holder
                            + "). Share the one handle, or close it first.",
                    null);
        }
        StoreLock lock = null;
        try {
            lock = lockFile(database, mode, longest, property, me);
            return lock;
        } finally {
            if (lock == null) {
                System.getProperties().remove(property);
            }
        }
    }

    private static StoreLock lockFile(DatabaseFile database, Mode mode, Duration longest, String property, String me) {
        Path path = database.sibling(".lock");
        RandomAccessFile file = null;
        StoreLock lock = null;
        try {
            DatabaseFile.createIfAbsent(path);
            file = new RandomAccessFile(path.toFile(), "rw");
            FileLock opening = lockOpening(file, longest);
            if (opening == null) {
                throw busy(
                        database,
                        text(file) + " or another process is opening it and does not finish. Wait for it, or end it.");
            }
            FileLock open = tryLock(file, OPEN_BYTE, mode);
            if (open == null) {
                throw busy(
                        database,
                        text(file)
                                + (mode == Mode.SHARED
                                        ? " has it open. Close it there, or open it there without exclusive()."
                                        : " has it open. Close it there, or open it here without exclusive()."));
            }
            write(file, me);
            lock = new StoreLock(property, file, mode, opening, open);
            return lock;
        } catch (IOException e) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot lock " + path + " (" + e.getClass().getSimpleName()
                            + "). Check that this user may write the directory and the file.",
                    e);
        } finally {
            if (lock == null) {
                close(file);
            }
        }
    }

    private static StorageException busy(DatabaseFile database, String why) {
        return new StorageException(Kind.BUSY, "Cannot open " + database.path() + ": " + why, null);
    }

    private static @Nullable FileLock lockOpening(RandomAccessFile file, Duration longest) throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        FileLock lock = tryLock(file, OPENING_BYTE, Mode.EXCLUSIVE);
        while (lock == null && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
            lock = tryLock(file, OPENING_BYTE, Mode.EXCLUSIVE);
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file, long at, Mode mode) throws IOException {
        try {
            return file.getChannel().tryLock(at, 1, mode == Mode.SHARED);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Whether no other process has the database open. To be asked before {@link #opened()}, which keeps others from coming, and with a
     * connection open, so that nobody who goes away afterwards leaves a log that this process did not know of.
     */
    boolean isFirst() {
        if (mode == Mode.EXCLUSIVE) {
            return true;
        }
        try {
            open.release();
            FileLock alone = tryLock(file, OPEN_BYTE, Mode.EXCLUSIVE);
            boolean isFirst = alone != null;
            if (alone != null) {
                alone.release();
            }
            FileLock again = tryLock(file, OPEN_BYTE, Mode.SHARED);
            if (again == null) {
                throw new IOException("The lock was taken while it was kept from others");
            }
            open = again;
            return isFirst;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What writers pass before they try for the write lock. */
    Turnstile turnstile() {
        return mode == Mode.EXCLUSIVE ? Turnstile.alone() : Turnstile.shared(file.getChannel(), TURN_BYTE);
    }

    /** Lets others open. */
    void opened() {
        try {
            opening.release();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static StorageException failure(IOException cause) {
        return new StorageException(
                Kind.PERMANENT,
                "Cannot lock the storage's lock file (" + cause.getClass().getSimpleName()
                        + "). Check that it is there and on a local disk.",
                cause);
    }

    /** Who has it, for others to read. A full disk must not keep anybody from opening. */
    private static void write(RandomAccessFile file, String me) {
        try {
            file.setLength(0);
            file.write(me.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("Who has the storage open could not be noted in its lock file", e);
        }
    }

    private static String text(RandomAccessFile file) throws IOException {
        byte[] text = new byte[MOST_TEXT];
        int length = file.read(text);
        String holder =
                length <= 0 ? "" : new String(text, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return holder.isBlank() ? "another process" : holder;
    }

    /** Gives it back. Every connection is closed. */
    @Override
    public void close() {
        close(file);
        System.getProperties().remove(property);
    }

    private static void close(@Nullable RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // The descriptor is gone, and the lock with it.
        }
    }
}
