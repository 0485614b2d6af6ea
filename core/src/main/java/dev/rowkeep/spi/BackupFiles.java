package dev.rowkeep.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files that a {@link BackupSource} wrote, to be restored from. */
public interface BackupFiles {
    /** Their names below the folder that they were written into, with {@code /} between folder and file, in order. */
    List<String> names();

    /**
     * Copies a file to a new one, for its owner only, and makes that durable. It is checked on the way: an exception that says that the
     * backup is damaged is to be let through, and what was copied taken away.
     *
     * @throws IOException if {@code target} is there or cannot be written
     */
    void copyTo(String name, Path target) throws IOException;
}
