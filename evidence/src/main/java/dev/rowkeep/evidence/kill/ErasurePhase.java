package dev.rowkeep.evidence.kill;

import dev.rowkeep.evidence.Engine;
import java.nio.file.Path;

/** What a process that erases people is doing when it is killed. */
enum ErasurePhase implements Target {
    /** What is kept of erased changes, or the database as it is written anew, is put into SQLite's log, or that is cut. */
    SQLITE_LOG(Engine.SQLITE, ErasureLoad.DATABASE + "-wal", 1_500),
    /** The file becomes what SQLite's log says, and smaller. */
    SQLITE_DATABASE(Engine.SQLITE, ErasureLoad.DATABASE, 400),
    /** A snapshot's file is made, or written anew without what is erased, or the old one removed. */
    SQLITE_SNAPSHOTS(Engine.SQLITE, ErasureLoad.DATABASE + ".snapshots/*", 60),
    /** A write is put into DuckDB's journal, or a segment of it is written anew. */
    DUCKDB_JOURNAL(Engine.DUCKDB, ErasureLoad.DATABASE + ".journal/*", 300),
    /** The database is made anew beside the old one. */
    DUCKDB_DATABASE(Engine.DUCKDB, ErasureLoad.DATABASE + ".new-*", 60);

    private final Engine engine;
    private final String files;
    private final int most;

    ErasurePhase(Engine engine, String files, int most) {
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
