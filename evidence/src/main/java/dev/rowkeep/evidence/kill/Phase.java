package dev.rowkeep.evidence.kill;

import java.nio.file.Path;

/** What a process is doing when it is killed, told by the file that it is changing. */
enum Phase {
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

    /** The pattern of the files, below {@code directory}. */
    String files(Path directory) {
        return directory.resolve(files).toString();
    }

    /** The process is killed at one of so many calls. */
    int most() {
        return most;
    }
}
