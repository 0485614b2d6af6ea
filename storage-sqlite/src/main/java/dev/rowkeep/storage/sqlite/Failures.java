package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.nio.file.Path;
import java.sql.SQLDataException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Makes storage exceptions of SQLite's. A failure of the commit itself is not judged here but by {@link Writer}: everything else
 * happened in a transaction that is rolled back.
 */
final class Failures {
    static final int BUSY = 5;
    static final int INTERRUPTED = 9;
    static final int FULL = 13;

    private static final int PRIMARY_BITS = 0xff;

    private final Path file;

    Failures(Path file) {
        this.file = file;
    }

    /** The failure of {@code action}, such as "commit"; nothing of it was written. */
    StorageException of(String action, SQLException cause) {
        String start = "Cannot " + action + " in " + file + ": ";
        if (cause instanceof SQLDataException) {
            return new StorageException(
                    Kind.PERMANENT,
                    start + "the database holds something that RowKeep does not write (" + cause.getMessage()
                            + "). Verify the log and restore a backup, or correct it with SQL.",
                    cause);
        }
        SQLiteErrorCode code = code(cause);
        return switch (primary(code)) {
            case BUSY, 6 ->
                failure(
                        Kind.BUSY,
                        start + "another connection holds the database. Try again, find who has a"
                                + " transaction open on it, or raise the busy timeout.",
                        cause);
            case 19 -> constraint(start, code, cause);
            case FULL ->
                failure(
                        Kind.ROLLED_BACK,
                        start + "there is no space left on the disk. Nothing was written. Make"
                                + " space and try again.",
                        cause);
            case 11 ->
                failure(
                        Kind.PERMANENT,
                        // SQLite makes this of an I/O error of a read too.
                        start + "the database is damaged, or the disk cannot read it. Check the disk and try again; if"
                                + " it stays so, keep the files and restore a backup.",
                        cause);
            case 26 -> failure(Kind.PERMANENT, start + "the file is not a SQLite database. Give another path.", cause);
            case 3, 8, 14, 23 ->
                failure(
                        Kind.PERMANENT,
                        start + "the file or its directory cannot be opened or written (" + code
                                + "). Check their permissions.",
                        cause);
            case 18 -> failure(Kind.PERMANENT, start + "a value is larger than SQLite allows.", cause);
            case 1, 12, 20, 21, 25 ->
                failure(
                        Kind.PERMANENT,
                        start + "SQLite does not accept a statement (" + code
                                + "). If tables were changed with SQL, change them back.",
                        cause);
            default ->
                failure(
                        Kind.ROLLED_BACK,
                        start + "SQLite failed (" + code + "). Nothing was written; another attempt may succeed.",
                        cause);
        };
    }

    private static StorageException constraint(String start, SQLiteErrorCode code, SQLException cause) {
        return switch (code) {
            case SQLITE_CONSTRAINT_UNIQUE ->
                failure(
                        Kind.UNIQUE_TAKEN,
                        start + "another record already holds a unique value. Nothing was written.",
                        cause);
            case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
                failure(
                        Kind.STALE,
                        start + "a key or a place in the log is already taken. Nothing was written; decide again on"
                                + " what is there.",
                        cause);
            default ->
                failure(
                        Kind.PERMANENT,
                        start + "a constraint does not hold (" + code + "). Nothing was written.",
                        cause);
        };
    }

    private static StorageException failure(Kind kind, String message, SQLException cause) {
        return new StorageException(kind, message, cause);
    }

    /** SQLite's error number without its extension; 0 if the driver itself failed, as on a connection that was closed. */
    static int primary(SQLException failure) {
        return primary(code(failure));
    }

    private static int primary(SQLiteErrorCode code) {
        return code == SQLiteErrorCode.UNKNOWN_ERROR ? 0 : code.code & PRIMARY_BITS;
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
