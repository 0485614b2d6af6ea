package dev.rowkeep.storage.sqlite;

import java.nio.file.Path;
import java.time.Duration;

/** Stores of the scenarios of erasing: a transaction that an erasure waits for in vain is not waited for long. */
final class ImpatientSqlite {
    private ImpatientSqlite() {}

    static SqliteStorage in(Path where) {
        return SqliteStorage.at(where.resolve("store.db")).busyTimeout(Duration.ofMillis(300));
    }
}
