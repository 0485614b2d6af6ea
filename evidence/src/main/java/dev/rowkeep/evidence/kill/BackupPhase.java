package dev.rowkeep.evidence.kill;

import java.nio.file.Path;

/** What a process that makes backups, or restores one, is doing when it is killed. */
enum BackupPhase implements Target {
    /** The storage's copy is written, opened and verified, or what the opening left is removed. */
    COPYING(BackupLoad.BACKUPS + "/.rowkeep-*/store*", 60),
    /** The list of the files is written. */
    LISTING(BackupLoad.BACKUPS + "/.rowkeep-*/backup.json", 4),
    /** A backup gets its name, or loses it because it is too old. */
    NAMING(BackupLoad.BACKUPS + "/rowkeep-*", 3),
    /** A backup is restored. */
    RESTORING(BackupLoad.RESTORED + "/*/*", 20);

    private final String files;
    private final int most;

    BackupPhase(String files, int most) {
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
