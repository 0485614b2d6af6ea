package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A storage in one DuckDB database file with a journal beside it: typed tables of records and of their log, for analytics.
 *
 * <p>A commit is on the disk, in the journal, when it returns. It reaches the database with many others: within about half a second, and
 * before anything that asks the database for it, so that every query sees every acknowledged commit. A database that is missing or damaged
 * is made anew from the journal; what was there is set aside, never deleted.
 *
 * <p>Immutable. One process at a time may have it open, once; another is told who has it. The version of every key that was ever used and
 * the values of unique columns are kept in memory.
 *
 * <p>Beside the file are the directory {@code .journal}, the file {@code .lock}, and DuckDB's own {@code .wal}, all of the same name. Other
 * DuckDB programs may read the file while no process has it open, and must not write.
 */
public final class DuckdbStorage implements StorageProvider {
    private final Path path;

    private DuckdbStorage(Path path) {
        this.path = path;
    }

    /** The storage in the file at {@code path}; nothing is opened or created yet. */
    public static DuckdbStorage at(Path path) {
        return new DuckdbStorage(Objects.requireNonNull(path, "path"));
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
        return new Opening(DatabaseFiles.at(path), access).open();
    }

    @Override
    public String toString() {
        return "DuckDB at " + path;
    }
}
