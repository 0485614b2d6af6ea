package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** SQLite passes the kit. */
final class SqliteStorageTest extends StorageContract {
    @Override
    public StorageProvider provider(Path directory) {
        return SqliteStorage.at(directory.resolve("store.db"));
    }

    @Override
    public Optional<StorageProvider> unopenable(Path directory) throws IOException {
        Path file = directory.resolve("store.db");
        Files.writeString(file, "This is a letter and no database. ".repeat(100));
        return Optional.of(SqliteStorage.at(file));
    }
}
