package dev.rowkeep.storage.duckdb;

import dev.rowkeep.storage.duckdb.journal.JournalOptions;
import java.util.function.Consumer;

/**
 * What can be set of a storage.
 *
 * @param memoryLimit what DuckDB may use, in bytes
 * @param journal how the journal lays out its files
 * @param rebuildListener told when the database is made anew
 */
record Settings(long memoryLimit, JournalOptions journal, Consumer<RebuildProgress> rebuildListener) {
    Settings memoryLimit(long bytes) {
        return new Settings(bytes, journal, rebuildListener);
    }

    Settings journal(JournalOptions options) {
        return new Settings(memoryLimit, options, rebuildListener);
    }

    Settings rebuildListener(Consumer<RebuildProgress> listener) {
        return new Settings(memoryLimit, journal, listener);
    }
}
