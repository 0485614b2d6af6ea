package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureReplicaScenarios;
import java.io.IOException;
import java.nio.file.Path;

/** Erasing in replicas on SQLite. */
final class SqliteErasureReplicaScenariosTest extends ErasureReplicaScenarios {
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
