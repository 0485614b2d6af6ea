package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Makes storage exceptions of the driver's and of the journal's. */
final class Failures {
    /** Another process has the file open, or this one, outside of the storage. */
    private static final List<String> TAKEN =
            List.of("Could not set lock on file", "different configuration than existing connections");

    private static final List<String> OF_THE_SYSTEM = List.of(
            "Could not write",
            "Could not truncate",
            "Could not remove",
            "Could not rename",
            "Could not stat",
            "Cannot open file",
            "fsync failed",
            "has been invalidated because of a previous fatal error");

    /** How every later statement on an instance of a database fails of which one has failed like this. */
    private static final String FATAL = "FATAL Error";

    private final Path file;
    private volatile boolean isInstanceLost;

    Failures(Path file) {
        this.file = file;
    }

    /**
     * Whether a failure says nothing about what is in the database's file, but that it could not be written or reached: with more space
     * or other rights it would not have happened. The driver tells kinds of failures apart by their texts only.
     */
    static boolean isOfTheSystem(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        return TAKEN.stream().anyMatch(text::contains) || OF_THE_SYSTEM.stream().anyMatch(text::contains);
    }

    /** Whether DuckDB has given up the database in this process: only a new connection, after all others are closed, works again. */
    boolean isInstanceLost() {
        return isInstanceLost;
    }

    /** Takes note that the database has to be opened anew. */
    void instanceIsGivenUp() {
        isInstanceLost = true;
    }

    /** Takes note that the database was opened anew. */
    void instanceIsReplaced() {
        isInstanceLost = false;
    }

    /** The failure of {@code action}, such as "query", in the database: no commit is lost by it, since all are in the journal. */
    StorageException of(String action, SQLException cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains(FATAL)) {
            isInstanceLost = true;
        }
        if (TAKEN.stream().anyMatch(text::contains)) {
            return new StorageException(
                    Kind.BUSY,
                    "Cannot " + action + " " + file
                            + ": another program has it open, and a DuckDB file has one process at a time. Close it there first.",
                    cause);
        }
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
