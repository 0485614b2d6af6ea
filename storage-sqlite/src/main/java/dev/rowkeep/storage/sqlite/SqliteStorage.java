package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A storage in one SQLite database file, with a row per record and a typed column per column, so that any SQLite program can read it.
 *
 * <p>Immutable. Several processes of one machine may have it open at a time, once each, and all may write: no write of one is lost to
 * another, nobody reads less than what was acknowledged to anybody, and subscriptions deliver the commits of all. {@link #exclusive()} keeps
 * others out. Other SQLite programs may read the file at any time, and must not write. A commit is on the disk when it returns: WAL with
 * {@code synchronous=FULL}.
 *
 * <p>The file is created for its owner only, as are its companions of the same name: {@code -wal} and {@code -shm}, which are SQLite's;
 * with {@code .lock} at the end, by which processes see each other; and with {@code .counters}, a megabyte that they map to tell each other's
 * caches of changes.
 *
 * <p>Requirements on the place: a local file system, a directory that is there and writable, also for reading only.
 */
public final class SqliteStorage implements StorageProvider {
    private static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(5);

    private final Path path;
    private final Duration busyTimeout;
    private final StoreLock.Mode mode;

    private SqliteStorage(Path path, Duration busyTimeout, StoreLock.Mode mode) {
        this.path = path;
        this.busyTimeout = busyTimeout;
        this.mode = mode;
    }

    /** The storage in the file at {@code path}; nothing is opened or created yet. */
    public static SqliteStorage at(Path path) {
        return new SqliteStorage(Objects.requireNonNull(path, "path"), DEFAULT_BUSY_TIMEOUT, StoreLock.Mode.SHARED);
    }

    /**
     * With another time for which a call waits when another process or SQLite program has the database locked, before it fails as busy.
     * The default is 5 seconds. A commit that is busy is tried a few times.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SqliteStorage busyTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A busy timeout is 0 or more, got " + timeout + ".");
        }
        return new SqliteStorage(path, timeout, mode);
    }

    /**
     * For one process at a time: while it is open, others are refused, and while others have it open, it cannot be opened. Saves the little
     * that it costs to look out for others.
     */
    public SqliteStorage exclusive() {
        return new SqliteStorage(path, busyTimeout, StoreLock.Mode.EXCLUSIVE);
    }

    @Override
    public Storage open(Access access) {
        Objects.requireNonNull(access, "access");
        return open(access, UUID.randomUUID());
    }

    @Override
    public Storage openAs(UUID incarnation) {
        return open(Access.READ_WRITE, Objects.requireNonNull(incarnation, "incarnation"));
    }

    private Storage open(Access access, UUID newIncarnation) {
        return OffThread.call(
                () -> new Opening(DatabaseFile.at(path), busyTimeout, mode, access, newIncarnation).open());
    }

    @Override
    public Optional<RestoreTarget> restoreTarget() {
        return Optional.of(new SqliteRestore(path));
    }

    @Override
    public String toString() {
        return "SQLite at " + path;
    }
}
