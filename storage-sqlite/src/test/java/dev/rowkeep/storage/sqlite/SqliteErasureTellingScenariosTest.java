package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureTellingScenarios;
import java.io.IOException;
import java.nio.file.Path;

/** What is told of erased values on SQLite. */
final class SqliteErasureTellingScenariosTest extends ErasureTellingScenarios {
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
