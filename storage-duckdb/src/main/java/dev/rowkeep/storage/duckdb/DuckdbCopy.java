package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.BackupSource;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.nio.file.Path;

/**
 * Copies the journal, which is the log of record: the database is made of it anew wherever it is opened, and so is not in the copy. The
 * records are read as those that open a journal do, up to the newest that was durable when copying began.
 */
final class DuckdbCopy implements BackupSource {
    /** The name of a copy's database, which it does not have. */
    static final String DATABASE = "store.duckdb";

    private final Journal journal;
    private final Failures failures;
    private final long memoryLimit;

    DuckdbCopy(Journal journal, Failures failures, long memoryLimit) {
        this.journal = journal;
        this.failures = failures;
        this.memoryLimit = memoryLimit;
    }

    @Override
    public StorageProvider copyTo(Path folder) {
        Path database = folder.resolve(DATABASE);
        try {
            journal.copyTo(DatabaseFiles.at(database).journal());
            return DuckdbStorage.at(database).memoryLimit(memoryLimit);
        } catch (JournalException e) {
            throw failures.of("copy the journal", e);
        } catch (IllegalStateException e) {
            throw new StorageException(
                    StorageException.Kind.PERMANENT,
                    "Cannot copy the journal: the storage was closed. Open it again.",
                    e);
        }
    }
}
