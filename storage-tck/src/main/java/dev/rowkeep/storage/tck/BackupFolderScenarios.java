package dev.rowkeep.storage.tck;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** A folder of backups: their names, what is listed, kept and removed, and what is no backup. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class BackupFolderScenarios extends BackupRehearsal {
    /** For the fixture's author. */
    protected BackupFolderScenarios() {}
}
