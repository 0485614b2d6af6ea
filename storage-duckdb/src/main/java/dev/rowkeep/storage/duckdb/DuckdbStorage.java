package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.journal.JournalOptions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A storage in one DuckDB database file with a journal beside it: typed tables of records and of their log, for analytics.
 *
 * <p>A commit is on the disk, in the journal, when it returns. It reaches the database with many others: within about half a second, and
 * before anything that asks the database for it, so that every query sees every acknowledged commit. A database that is missing or damaged
 * is made anew from the journal; what was there is set aside, and deleted by nothing but an erasure.
 *
 * <p>An erasure writes the journal's segments anew that hold what is meant, and then makes the whole database anew beside the one in use: it takes
 * as long as that, the disk for two databases, and {@link #memoryLimit} twice. Queries that are under way are answered by the old one, whose file is
 * gone by then; where the system does not let an open file be replaced, as on Windows, an erasure fails.
 *
 * <p>Immutable. One process at a time may have it open, once; another is told who has it. The version of every key that was ever used and
 * the values of unique columns are kept in memory: of a million keys of ten characters about 140 MB of the Java heap, and as much again
 * for each unique column.
 *
 * <p>Beside the file are the directory {@code .journal}, the file {@code .lock}, and DuckDB's own log, which ends with {@code .wal}, all of the same name. Other
 * DuckDB programs may read the file while no process has it open, and must not write.
 */
public final class DuckdbStorage implements StorageProvider {
    /** The memory that DuckDB may use unless {@link #memoryLimit} says otherwise, in bytes. */
    public static final long DEFAULT_MEMORY_LIMIT = 1L << 30;

    private static final long LEAST_MEMORY = 64L << 20;

    private final Path path;
    private final Settings settings;

    private DuckdbStorage(Path path, Settings settings) {
        this.path = path;
        this.settings = settings;
    }

    /** The storage in the file at {@code path}; nothing is opened or created yet. */
    public static DuckdbStorage at(Path path) {
        return new DuckdbStorage(
                Objects.requireNonNull(path, "path"),
                new Settings(DEFAULT_MEMORY_LIMIT, JournalOptions.defaults(), progress -> {}));
    }

    /**
     * The same storage with another bound on the memory that DuckDB may use outside the Java heap, for what it keeps of the file and for
     * queries. A query that needs more uses the disk, or fails if it cannot.
     *
     * @throws IllegalArgumentException if it is less than 64 MiB
     */
    public DuckdbStorage memoryLimit(long bytes) {
        if (bytes < LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "DuckDB needs a memory limit of " + LEAST_MEMORY + " bytes or more, got " + bytes + ".");
        }
        return new DuckdbStorage(path, settings.memoryLimit(bytes));
    }

    /**
     * The same storage, which tells {@code listener} when the database is made anew from its journal: first with nothing done, then after
     * each part, on the thread that opens. An exception of the listener's ends the opening.
     */
    public DuckdbStorage onRebuild(Consumer<RebuildProgress> listener) {
        return new DuckdbStorage(path, settings.rebuildListener(Objects.requireNonNull(listener, "listener")));
    }

    /** The same storage, whose journal lays out its files in another way from when it is opened on. */
    DuckdbStorage journal(JournalOptions options) {
        return new DuckdbStorage(path, settings.journal(options));
    }

    /**
     * Opens the storage. What the database lacks is brought in from the journal first, all of it if the database has to be made anew.
     *
     * @throws StorageException {@code BUSY} if another handle or process has it open; {@code PERMANENT} if the journal is damaged or is
     *     not there beside a database
     */
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
        return new Opening(DatabaseFiles.at(path), access, newIncarnation, settings).open();
    }

    @Override
    public Optional<RestoreTarget> restoreTarget() {
        return Optional.of(new DuckdbRestore(path));
    }

    @Override
    public String toString() {
        return "DuckDB at " + path;
    }
}
