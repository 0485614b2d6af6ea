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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to have a database open: one writer, or any number of readers.
 *
 * <p>Between processes it is a lock on a file beside the database, which says who holds it and is never removed: with a lock file
 * that comes and goes, two processes can hold locks on two files of one name. Within this process it is a system property, seen by
 * every copy of this class whatever its class loader; it is asked first, because closing the lock file lets go of the whole
 * process's lock on it.
 *
 * <p>To be acquired on a thread that is not interrupted.
 */
final class StoreLock implements AutoCloseable {
    private static final String PROPERTY = "dev.rowkeep.sqlite.open:";

    /** Beyond the text that the file holds, which other processes must be able to read. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteStorage.class);

    private static final int MOST_TEXT = 200;

    private final String property;
    private final RandomAccessFile file;

    private StoreLock(String property, RandomAccessFile file) {
        this.property = property;
        this.file = file;
    }

    /**
     * Takes the lock.
     *
     * @throws StorageException {@code BUSY} if somebody else holds it, saying who
     */
    static StoreLock acquire(DatabaseFile database, Access access) {
        String property = PROPERTY + database.path();
        String me = "process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + (access == Access.READ_ONLY ? ", for reading" : "");
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
            lock = lockFile(database, access, property, me);
            return lock;
        } finally {
            if (lock == null) {
                System.getProperties().remove(property);
            }
        }
    }

    private static StoreLock lockFile(DatabaseFile database, Access access, String property, String me) {
        Path path = database.sibling(".lock");
        RandomAccessFile file = null;
        boolean isLocked = false;
        try {
            DatabaseFile.createIfAbsent(path);
            file = new RandomAccessFile(path.toFile(), "rw");
            isLocked = tryLock(file, access) != null;
            if (!isLocked) {
                throw new StorageException(
                        Kind.BUSY,
                        "Cannot open " + database.path() + ": " + text(file)
                                + " has it open. Close it there, or send the"
                                + " work to that process; one process at a time can write.",
                        null);
            }
            write(file, me);
            return new StoreLock(property, file);
        } catch (IOException e) {
            isLocked = false;
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot lock " + path + " (" + e.getClass().getSimpleName()
                            + "). Check that this user may write the directory and the file.",
                    e);
        } finally {
            if (!isLocked) {
                close(file);
            }
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file, Access access) throws IOException {
        try {
            return file.getChannel().tryLock(LOCKED_BYTE, 1, access == Access.READ_ONLY);
        } catch (OverlappingFileLockException e) {
            return null;
        }
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
