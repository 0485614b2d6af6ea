package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Makes storage exceptions of the driver's and of the journal's. */
final class Failures {
    private final Path file;

    Failures(Path file) {
        this.file = file;
    }

    /** The failure of {@code action}, such as "query", in the database: no commit is lost by it, since all are in the journal. */
    StorageException of(String action, SQLException cause) {
        return new StorageException(
                Kind.PERMANENT,
                "Cannot " + action + " in " + file
                        + ": the database failed. Nothing that was acknowledged is lost, it is in"
                        + " the journal. Look at the cause, and open the storage again if it stays so.",
                cause);
    }

    /** The failure of {@code action} in the journal. */
    StorageException of(String action, JournalException cause) {
        Kind kind = switch (cause.kind()) {
            case ROLLED_BACK -> Kind.ROLLED_BACK;
            case UNKNOWN_OUTCOME -> Kind.UNKNOWN_OUTCOME;
            case DAMAGED, PERMANENT -> Kind.PERMANENT;
        };
        return new StorageException(kind, "Cannot " + action + " in " + file + ": " + cause.getMessage(), cause);
    }
}
