package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.BackupFiles;
import dev.rowkeep.spi.RestoreTarget;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts a copy of a journal where no storage is. The database is made of it when the storage is opened first. */
final class DuckdbRestore implements RestoreTarget {
    private static final String PREFIX = DuckdbCopy.DATABASE + ".journal/";

    private final Path path;

    DuckdbRestore(Path path) {
        this.path = path;
    }

    @Override
    public String storage() {
        return OpenDuckdb.NAME;
    }

    @Override
    public void restore(BackupFiles backup) {
        DatabaseFiles files = DatabaseFiles.at(path);
        requireNothing(files);
        for (String name : backup.names()) {
            if (!name.startsWith(PREFIX) || name.indexOf('/', PREFIX.length()) >= 0) {
                throw refusal(files, "the file " + name + " is none of such a storage's backup.");
            }
        }
        try (FileHold hold = FileHold.take(files)) {
            requireNothing(files);
            Journal.place(files.journal(), folder -> {
                for (String name : backup.names()) {
                    backup.copyTo(name, folder.resolve(name.substring(PREFIX.length())));
                }
            });
        } catch (JournalException e) {
            throw new StorageException(
                    e.kind() == JournalException.Kind.UNKNOWN_OUTCOME ? Kind.UNKNOWN_OUTCOME : Kind.PERMANENT,
                    "Cannot restore to " + files.database() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void requireNothing(DatabaseFiles files) {
        for (Path path : List.of(files.database(), files.journal(), DatabaseFiles.logOf(files.database()))) {
            if (Files.exists(path)) {
                throw refusal(
                        files,
                        path.getFileName()
                                + " is there already, and is not overwritten. Give another path, or move away what is there.");
            }
        }
    }

    private static StorageException refusal(DatabaseFiles files, String why) {
        return new StorageException(Kind.PERMANENT, "Cannot restore to " + files.database() + ": " + why, null);
    }
}
