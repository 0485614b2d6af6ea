package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;

/**
 * Gives a journal's records other payloads, segment after segment, while nobody reads: no reader meets a segment that was written anew and one behind
 * it that was not. Used by the owner's writer, but for {@link #hold}.
 */
final class JournalRewriting {
    private final Path directory;
    private final JournalFiles files;
    private final SegmentWriter writer;
    private final Disk disk;
    private final StampedLock lock = new StampedLock();

    /** Older segments that were written anew, and may have their old payloads again after a crash. */
    private final Set<Path> unsettled = new HashSet<>();

    JournalRewriting(Path directory, SegmentWriter writer, Disk disk) {
        this.directory = directory;
        this.files = new JournalFiles(directory, disk);
        this.writer = writer;
        this.disk = disk;
    }

    /** Keeps the journal from being written anew until it is let go of. */
    ReadHold hold() {
        return new ReadHold(lock);
    }

    /** Writes anew what {@code change} changes, and says after each segment what there is now. */
    void rewrite(Segments segments, Rewriting change, Consumer<Segments> changed) throws JournalException {
        requireCertain();
        long stamp = lock.writeLock();
        try {
            Segments now = segments;
            for (Segment segment : segments.all()) {
                now = rewrite(now, segment, change, changed);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Does so with one of {@code segments}, and says whether: not while somebody reads. */
    boolean rewriteOne(Segments segments, Segment one, Rewriting change, Consumer<Segments> changed)
            throws JournalException {
        requireCertain();
        long stamp = lock.tryWriteLock();
        if (stamp == 0) {
            return false;
        }
        try {
            rewrite(segments, one, change, changed);
            return true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void requireCertain() throws JournalException {
        if (writer.isUncertain()) {
            throw new JournalException(
                    Kind.ROLLED_BACK,
                    "The journal " + directory + " was not written anew: writing to it failed before, and nobody knows"
                            + " what is there. Call recover() first, then write it anew again.",
                    null);
        }
    }

    private Segments rewrite(Segments now, Segment segment, Rewriting change, Consumer<Segments> changed)
            throws JournalException {
        try {
            Segment written = new SegmentRewriting(disk, segment).write(change, unsettled.contains(segment.file()));
            if (written == null) {
                return now;
            }
            Segments after = now.replacing(segment, written);
            try {
                putInPlace(written, segment.equals(now.newest()));
            } finally {
                if (!Files.exists(segment.temporary())) {
                    changed.accept(after);
                }
            }
            return after;
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException(
                    Kind.ROLLED_BACK,
                    "Cannot write " + segment.file() + " anew (" + e.getClass().getSimpleName()
                            + "). No record is lost; this one and those behind it may have their old payloads. Check that"
                            + " the disk is not full and works, and write the journal anew again.",
                    e);
        }
    }

    private void putInPlace(Segment written, boolean isNewest) throws IOException {
        if (isNewest) {
            writer.replace(written);
        } else {
            unsettled.add(written.file());
            files.putInPlace(written.file());
            unsettled.remove(written.file());
        }
    }
}
