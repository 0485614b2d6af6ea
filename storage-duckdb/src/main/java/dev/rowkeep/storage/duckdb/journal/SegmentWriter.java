package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes to the newest segment's file. Once writing to it has failed nothing more is written to it, because after a failed sync nobody can
 * tell what of a file is on the disk, and a later sync that succeeds says nothing of it. Used by one thread at a time.
 */
final class SegmentWriter implements AutoCloseable {
    private final Disk disk;
    private final JournalFiles files;
    private RandomAccessFile file;
    private boolean isUncertain;

    private SegmentWriter(Disk disk, JournalFiles files, RandomAccessFile file) {
        this.disk = disk;
        this.files = files;
        this.file = file;
    }

    /** Opens a segment, to write behind its durable bytes. */
    static SegmentWriter open(Path directory, Segment newest, Disk disk) throws JournalException {
        JournalFiles files = new JournalFiles(directory, disk);
        try {
            return new SegmentWriter(disk, files, files.openAtEnd(newest));
        } catch (IOException e) {
            throw JournalException.unreachable("open", newest.file(), e);
        }
    }

    /** Whether a record may or may not be there that was not acknowledged. */
    boolean isUncertain() {
        return isUncertain;
    }

    /** Writes a record in one call, and syncs. */
    void append(Segment newest, JournalRecord record, byte[] bytes) throws JournalException {
        isUncertain = true;
        try {
            disk.write(file, bytes, bytes.length);
            disk.sync(file);
        } catch (IOException e) {
            throw new JournalException(
                    Kind.UNKNOWN_OUTCOME,
                    "Nobody knows whether record " + record.number() + " is in " + newest.file()
                            + ": writing it failed ("
                            + e.getClass().getSimpleName()
                            + "). Check that the disk is not full and works, and call recover().",
                    e);
        }
        isUncertain = false;
    }

    /** Makes an empty segment, and goes on with it. */
    void begin(Segment empty, SegmentHeader header) throws JournalException {
        RandomAccessFile before = file;
        try {
            files.create(header);
            file = files.openAtEnd(empty);
        } catch (IOException e) {
            throw new JournalException(
                    Kind.ROLLED_BACK,
                    "Nothing was written to the journal: beginning " + empty.file() + " failed ("
                            + e.getClass().getSimpleName()
                            + "). Check that the disk is not full and works, and append again.",
                    e);
        }
        close(before);
    }

    /** Puts a copy of the segment's durable bytes in its place, and goes on with that. May be called again when it failed. */
    void recover(Segment newest) throws JournalException {
        close(file);
        try {
            requireWhole(newest);
            files.replace(newest);
            file = files.openAtEnd(newest);
        } catch (IOException e) {
            if (e instanceof JournalException failure && failure.kind() == Kind.DAMAGED) {
                throw failure;
            }
            throw new JournalException(
                    Kind.UNKNOWN_OUTCOME,
                    "Replacing " + newest.file() + " failed (" + e.getClass().getSimpleName()
                            + "), and nobody knows whether the record after "
                            + newest.end().number()
                            + " is there. Check that the disk is not full and works, and call recover() again.",
                    e);
        }
        isUncertain = false;
    }

    /** Damage is not to be copied into a file that looks whole. */
    private static void requireWhole(Segment segment) throws JournalException {
        try (JournalReader reader =
                JournalReader.open(List.of(segment), segment.start().number())) {
            JournalRecord record = reader.next();
            while (record != null) {
                record = reader.next();
            }
        }
    }

    @Override
    public void close() {
        close(file);
    }

    private static void close(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // What was acknowledged is durable, and the descriptor is gone.
        }
    }
}
