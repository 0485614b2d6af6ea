package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Deletes a journal's oldest segments, each durably before the next, and goes on with those of before that could not be. Used by the owner's writer. */
final class SegmentDropping {
    private final Path directory;
    private final Disk disk;
    private final Deque<Segment> dropped = new ArrayDeque<>();

    SegmentDropping(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** Deletes {@code oldest}, in order, behind those that are left of before. */
    void drop(List<Segment> oldest) throws JournalException {
        dropped.addAll(oldest);
        while (!dropped.isEmpty()) {
            Segment next = dropped.element();
            try {
                disk.delete(next.file());
                disk.syncDirectory(directory);
            } catch (IOException e) {
                throw new JournalException(
                        Kind.ROLLED_BACK,
                        "Cannot delete " + next.file() + ", whose records are not needed any more ("
                                + e.getClass().getSimpleName() + "). Check that this user may, and drop again.",
                        e);
            }
            dropped.remove();
        }
    }
}
