package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a new journal: its directory under a temporary name first, so that it is there as a whole or not at all. */
final class Creation {
    private Creation() {}

    /**
     * Makes it, durable, of what {@code content} writes into its directory.
     *
     * @throws JournalException {@code PERMANENT} if there is something already, {@code ROLLED_BACK} if it failed and nothing is there,
     *     {@code UNKNOWN_OUTCOME} if it may or may not be there after a crash
     */
    static void create(Path directory, Journal.Content content, Disk disk) throws JournalException {
        Path name = directory.getFileName();
        Path parent = directory.getParent();
        if (name == null || parent == null) {
            throw new IllegalArgumentException("A journal needs a directory of its own, not " + directory);
        }
        if (Files.exists(directory)) {
            throw new JournalException(
                    Kind.PERMANENT,
                    "Cannot create the journal " + directory
                            + ": something has that name already. Open it, or choose another name.",
                    null);
        }
        Path temporary = parent.resolve(name + Segment.TEMPORARY);
        boolean isThere = false;
        try {
            discard(temporary, disk);
            disk.createDirectory(temporary);
            content.writeTo(temporary);
            disk.rename(temporary, directory);
            isThere = true;
            disk.syncDirectory(parent);
        } catch (IOException e) {
            throw isThere
                    ? new JournalException(
                            Kind.UNKNOWN_OUTCOME,
                            "The journal " + directory + " was created, but may be gone after a crash ("
                                    + e.getClass().getSimpleName() + "). Open it, which makes it durable.",
                            e)
                    : new JournalException(
                            Kind.ROLLED_BACK,
                            "Cannot create the journal " + directory + " ("
                                    + e.getClass().getSimpleName()
                                    + "). Check that its parent directory is there and writable and that the disk is"
                                    + " not full, and try again.",
                            e);
        }
    }

    /** Takes away what an earlier creation left that did not come to its end. */
    static void discard(Path temporary, Disk disk) throws IOException {
        if (Files.isDirectory(temporary)) {
            for (Path entry : JournalFiles.entries(temporary)) {
                disk.delete(entry);
            }
            disk.delete(temporary);
        }
    }
}
