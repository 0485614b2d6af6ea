package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.BackupFiles;
import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Puts a copy of a database where none is: under another name until it is whole and durable. No connection is open meanwhile. */
final class SqliteRestore implements RestoreTarget {
    private static final String UNFINISHED = ".restoring";

    private final Path path;

    SqliteRestore(Path path) {
        this.path = path;
    }

    @Override
    public String storage() {
        return OpenSqlite.NAME;
    }

    @Override
    public void restore(BackupFiles files) {
        OffThread.call(() -> {
            DatabaseFile file = DatabaseFile.at(path);
            requireNothing(file);
            if (!files.names().equals(List.of(SqliteCopy.FILE))) {
                throw refusal(file, "the files " + files.names() + " are not those of such a storage's backup.");
            }
            try (StoreLock lock = StoreLock.acquire(file, StoreLock.Mode.EXCLUSIVE, Access.READ_WRITE, Duration.ZERO)) {
                requireNothing(file);
                place(files, file);
                return lock;
            }
        });
    }

    /** Also not a log of SQLite's, which it would take for that of the restored database. */
    private static void requireNothing(DatabaseFile file) {
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            if (Files.exists(file.sibling(suffix))) {
                throw refusal(
                        file,
                        file.sibling(suffix).getFileName()
                                + " is there already, and is not overwritten. Give another path, or move away what is there.");
            }
        }
    }

    private static void place(BackupFiles files, DatabaseFile file) {
        Path unfinished = file.sibling(UNFINISHED);
        try {
            try {
                Files.deleteIfExists(unfinished);
                files.copyTo(SqliteCopy.FILE, unfinished);
                Files.move(unfinished, file.path(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot restore to " + file.path() + " (" + e.getClass().getSimpleName()
                            + "). Nothing was restored. Check that there is space, and that the backup may be read and the"
                            + " directory written by this user.",
                    e);
        }
        try {
            file.syncDirectory();
        } catch (StorageException e) {
            throw new StorageException(
                    Kind.UNKNOWN_OUTCOME,
                    file.path()
                            + " was restored, but may be gone after a crash: its directory could not be synced. Look at the"
                            + " disk; if it is gone, restore again.",
                    e);
        }
    }

    private static StorageException refusal(DatabaseFile file, String why) {
        return new StorageException(Kind.PERMANENT, "Cannot restore to " + file.path() + ": " + why, null);
    }
}
