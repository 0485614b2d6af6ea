package dev.rowkeep.evidence.kill;

import dev.rowkeep.evidence.Engine;
import java.nio.file.Path;

/** What a process that cuts the log is doing when it is killed. */
enum RetentionPhase implements Target {
    /** What is dropped, or pages that are given back, are written to SQLite's log, or synced. */
    SQLITE_LOG(Engine.SQLITE, RetentionLoad.DATABASE + "-wal", 800),
    /** The file becomes what SQLite's log says, and smaller. */
    SQLITE_DATABASE(Engine.SQLITE, RetentionLoad.DATABASE, 12),
    /** That something is dropped, or a write, is put into DuckDB's journal. */
    DUCKDB_JOURNAL(Engine.DUCKDB, RetentionLoad.DATABASE + ".journal/*", 1_600),
    /** What was dropped is taken out of the database. */
    DUCKDB_DATABASE(Engine.DUCKDB, RetentionLoad.DATABASE + ".wal", 40);

    private final Engine engine;
    private final String files;
    private final int most;

    RetentionPhase(Engine engine, String files, int most) {
        this.engine = engine;
        this.files = files;
        this.most = most;
    }

    Engine engine() {
        return engine;
    }

    @Override
    public String files(Path directory) {
        return directory.resolve(files).toString();
    }

    @Override
    public int most() {
        return most;
    }
}
