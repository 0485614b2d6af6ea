package dev.rowkeep.evidence.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two files of a database, as they lie on a disk.
 *
 * @param database the database file
 * @param log the write-ahead log; empty if there is none
 */
record StoreFiles(byte[] database, byte[] log) {
    private static final String LOG_SUFFIX = "-wal";

    static StoreFiles read(Path database) throws IOException {
        Path log = database.resolveSibling(database.getFileName() + LOG_SUFFIX);
        return new StoreFiles(Files.readAllBytes(database), Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
    }

    void write(Path database) throws IOException {
        Files.write(database, this.database);
        if (log.length > 0) {
            Files.write(database.resolveSibling(database.getFileName() + LOG_SUFFIX), log);
        }
    }

    StoreFiles withDatabase(byte[] other) {
        return new StoreFiles(other, log);
    }

    StoreFiles withLog(byte[] other) {
        return new StoreFiles(database, other);
    }
}
