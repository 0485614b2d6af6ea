package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** DuckDB passes the kit. */
final class DuckdbStorageTest extends StorageContract {
    @Override
    public StorageProvider provider(Path directory) {
        return DuckdbStorage.at(directory.resolve("store.duckdb"));
    }

    @Override
    public Optional<StorageProvider> unopenable(Path directory) throws IOException {
        Path file = directory.resolve("store.duckdb");
        Files.writeString(file, "This is a letter and no database. ".repeat(100));
        return Optional.of(DuckdbStorage.at(file));
    }
}
