package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sole right to open a database, for one process and once within it. Held until it is closed, or the process ends.
 *
 * <p>The file is opened only by who has entered its name among those held: closing any other opening of it would let go of the lock.
 */
final class FileHold implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final RandomAccessFile open;

    private FileHold(Path file, RandomAccessFile open) {
        this.file = file;
        this.open = open;
    }

    /**
     * Takes the right.
     *
     * @throws StorageException {@code BUSY} if somebody has it, saying who
     */
    static FileHold take(DatabaseFiles files) {
        Path file = files.lock();
        if (!HELD.add(file)) {
            throw busy(files, "this process has it open already. Close that handle first, or share it.");
        }
        RandomAccessFile open = null;
        try {
            open = new RandomAccessFile(file.toFile(), "rw");
            FileLock lock = open.getChannel().tryLock();
            if (lock == null) {
                String holder = open.readLine();
                throw busy(
                        files,
                        "process " + (holder == null ? "" : holder + " ")
                                + "has it open, and a DuckDB file has one process at a time. Close it there first.");
            }
            DatabaseFiles.setOwnerOnly(file);
            open.setLength(0);
            open.writeBytes(ProcessHandle.current().pid() + "\n");
            return new FileHold(file, open);
        } catch (IOException e) {
            giveUp(file, open);
            throw DatabaseFiles.unreachable(file, e);
        } catch (StorageException e) {
            giveUp(file, open);
            throw e;
        }
    }

    private static void giveUp(Path file, @Nullable RandomAccessFile open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // It was not held.
        } finally {
            HELD.remove(file);
        }
    }

    private static StorageException busy(DatabaseFiles files, String why) {
        return new StorageException(Kind.BUSY, "Cannot open " + files.database() + ": " + why, null);
    }

    @Override
    public void close() {
        giveUp(file, open);
    }
}
