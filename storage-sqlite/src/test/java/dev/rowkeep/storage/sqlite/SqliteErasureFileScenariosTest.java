package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureFileScenarios;
import java.io.IOException;
import java.nio.file.Path;

/** Erasing in snapshots and backups on SQLite. */
final class SqliteErasureFileScenariosTest extends ErasureFileScenarios {
    @Override
    protected StorageProvider provider(Path where) {
        return ImpatientSqlite.in(where);
    }

    @Override
    protected StorageProvider replicaProvider(Path where) {
        return ImpatientSqlite.in(where).exclusive();
    }

    @Override
    protected byte[] bytes(Path file) throws IOException {
        return OpenFiles.bytes(file);
    }
}
