package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.ErasureBesideOthers;
import java.io.IOException;
import java.nio.file.Path;

/** Erasing beside others on SQLite. */
final class SqliteErasureBesideOthersTest extends ErasureBesideOthers {
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
