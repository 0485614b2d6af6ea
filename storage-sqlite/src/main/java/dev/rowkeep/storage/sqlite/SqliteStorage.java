package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * A storage in one SQLite database file, with a row per record and a typed column per column, so that any SQLite program can read it.
 *
 * <p>Immutable. The file is created with its {@code -wal} and {@code -shm} companions for its owner only, and is locked by a file of
 * the same name with {@code .lock} at the end: one process at a time has it open for writing, or several for reading. Other SQLite
 * programs may read it at any time, and must not write. A commit is on the disk when it returns: WAL with {@code synchronous=FULL}.
 *
 * <p>Requirements on the place: a local file system, a directory that is there and writable, also for reading only.
 */
public final class SqliteStorage implements StorageProvider {
    private static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(5);

    private final Path path;
    private final Duration busyTimeout;

    private SqliteStorage(Path path, Duration busyTimeout) {
        this.path = path;
        this.busyTimeout = busyTimeout;
    }

    /** The storage in the file at {@code path}; nothing is opened or created yet. */
    public static SqliteStorage at(Path path) {
        return new SqliteStorage(Objects.requireNonNull(path, "path"), DEFAULT_BUSY_TIMEOUT);
    }

    /**
     * With another time for which a call waits when another SQLite program has the database locked, before it fails as busy. The
     * default is 5 seconds.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SqliteStorage busyTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A busy timeout is 0 or more, got " + timeout + ".");
        }
        return new SqliteStorage(path, timeout);
    }

    @Override
    public Storage open(Access access) {
        Objects.requireNonNull(access, "access");
        return OffThread.call(() -> new Opening(DatabaseFile.at(path), busyTimeout, access).open());
    }

    @Override
    public String toString() {
        return "SQLite at " + path;
    }
}
