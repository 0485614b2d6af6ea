package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.duckdb.DuckdbStorage;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.util.Locale;

/** Where RowKeep keeps its records. */
public enum KeepStorage {
    /** A SQLite file. */
    SQLITE(
            "SQLite",
            "SqliteStorage.at(path) as shipped: journal_mode=wal, synchronous=2, page_size=2048, wal_autocheckpoint=32000"),
    /** A DuckDB file with a journal beside it. */
    DUCKDB(
            "DuckDB",
            "DuckdbStorage.at(path) as shipped: a journal synced at every commit, brought into the database in batches");

    private final String title;
    private final String settings;

    KeepStorage(String title, String settings) {
        this.title = title;
        this.settings = settings;
    }

    /** The DuckDB file under {@code directory}. */
    public static Path databaseIn(Path directory) {
        return directory.resolve("keep.duckdb");
    }

    /** The SQLite file under {@code directory}. */
    static Path fileIn(Path directory) {
        return directory.resolve("keep.db");
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Its name in figures. */
    public String id() {
        return title.toLowerCase(Locale.ROOT);
    }

    /** What it sets, for reports. */
    String settings() {
        return settings;
    }

    /** The storage under {@code directory}, for this process alone. */
    StorageProvider aloneUnder(Path directory) {
        return switch (this) {
            case SQLITE -> SqliteStorage.at(fileIn(directory)).exclusive();
            case DUCKDB -> under(directory);
        };
    }

    /** The storage under {@code directory}. */
    StorageProvider under(Path directory) {
        return switch (this) {
            case SQLITE -> SqliteStorage.at(fileIn(directory));
            case DUCKDB -> DuckdbStorage.at(databaseIn(directory));
        };
    }
}
