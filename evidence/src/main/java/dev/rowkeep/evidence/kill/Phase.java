package dev.rowkeep.evidence.kill;

import java.nio.file.Path;

/** What a process in full load is doing when it is killed. */
enum Phase implements Target {
    JOURNAL_WRITE(Load.DATABASE + ".journal/*", 200),
    /** Commits are being brought into the database, whose own log comes first. */
    PROJECTION(Load.DATABASE + ".wal", 20),
    CHECKPOINT(Load.DATABASE, 15),
    /** The database is being made anew of the journal, before the load. */
    REBUILD(Load.DATABASE + ".new*", 50),
    EXPORT(Exports.FOLDER + "/*.tmp", 12);

    private final String files;
    private final int most;

    Phase(String files, int most) {
        this.files = files;
        this.most = most;
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
