package dev.rowkeep.evidence.kill;

import java.nio.file.Path;

/** What a process that makes and drops snapshots is doing when it is killed. */
enum SnapshotPhase implements Target {
    /** A snapshot's file is written, synced or named, or a dropped one's removed. */
    FILES(SnapshotLoad.DATABASE + ".snapshots/*", 40),
    /** A record is written or synced: of a snapshot that is kept or dropped, or of the writers beside. */
    RECORDS(SnapshotLoad.DATABASE + "*", 120);

    private final String files;
    private final int most;

    SnapshotPhase(String files, int most) {
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
