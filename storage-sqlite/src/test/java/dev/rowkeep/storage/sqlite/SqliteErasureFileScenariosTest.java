package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureFileScenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Erasing in snapshots and backups on SQLite. */
final class SqliteErasureFileScenariosTest extends ErasureFileScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return sqlite(where);
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return sqlite(where).exclusive();
    }

    /** A transaction that an erasure waits for in vain is not waited for long. */
    private static SqliteStorage sqlite(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).busyTimeout(Duration.ofMillis(300));
    }

    @Override
    protected byte[] bytes(Path file) throws IOException {
        return OpenFiles.bytes(file);
    }
}
