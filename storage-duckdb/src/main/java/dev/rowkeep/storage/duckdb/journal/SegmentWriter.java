package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes to the newest segment's file, which has zeros behind its last record. They end where the segment ends that the options ask for:
 * so one that is followed by another has none.
 *
 * <p>Once writing to it has failed nothing more is written to it, because after a failed sync nobody can
 * tell what of a file is on the disk, and a later sync that succeeds says nothing of it. Used by one thread at a time.
 */
final class SegmentWriter {
    private final Disk disk;
    private final JournalFiles files;
    private final JournalOptions options;
    private RandomAccessFile file;

    /** How long the file is, zeros included. */
    private long fileLength;

    private boolean isUncertain;

    private SegmentWriter(Disk disk, JournalFiles files, JournalOptions options, Segment newest) throws IOException {
        this.disk = disk;
        this.files = files;
        this.options = options;
        this.file = disk.open(newest.file());
        this.fileLength = newest.length();
    }

    /** Opens a segment, to write behind its durable bytes. */
    static SegmentWriter open(Path directory, Segment newest, JournalOptions options, Disk disk)
            throws JournalException {
        try {
            return new SegmentWriter(disk, new JournalFiles(directory, disk), options, newest);
        } catch (IOException e) {
            throw JournalException.unreachable("open", newest.file(), e);
        }
    }

    /** Whether a record may or may not be there that was not acknowledged. */
    boolean isUncertain() {
        return isUncertain;
    }

    /** Writes a record in one call, with the zeros behind it if the file grows, and syncs. */
    void append(Segment newest, JournalRecord record, byte[] bytes) throws JournalException {
        isUncertain = true;
        try {
            file.seek(newest.length());
            byte[] written = grown(newest.length(), bytes);
            disk.write(file, written, written.length);
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

    private byte[] grown(long from, byte[] record) {
        if (from + record.length <= fileLength) {
            return record;
        }
        fileLength = options.grownFor(from, record.length);
        return Arrays.copyOf(record, Math.toIntExact(fileLength - from));
    }

    /** Makes an empty segment, and goes on with it. */
    void begin(Segment empty, SegmentHeader header) throws JournalException {
        RandomAccessFile before = file;
        try {
            files.create(header);
            goOnWith(empty);
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
            goOnWith(newest);
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

    /** Puts what was written under the newest segment's temporary name in its place, and goes on with that. */
    void replace(Segment newest) throws JournalException {
        isUncertain = true; // What would be written to the file before is gone with it.
        RandomAccessFile before = file;
        try {
            files.putInPlace(newest.file());
            goOnWith(newest);
        } catch (IOException e) {
            throw new JournalException(
                    Kind.UNKNOWN_OUTCOME,
                    "Nobody knows whether " + newest.file() + " has other payloads ("
                            + e.getClass().getSimpleName()
                            + "). No record is lost. Check that the disk is not full and works, and call recover().",
                    e);
        }
        isUncertain = false;
        close(before);
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

    private void goOnWith(Segment newest) throws IOException {
        file = disk.open(newest.file());
        fileLength = newest.length();
    }

    /** Cuts the zeros off, if nothing is uncertain, and lets go of the file. */
    void close(Segment newest) {
        if (!isUncertain && fileLength > newest.length()) {
            try {
                disk.truncate(file, newest.length());
            } catch (IOException e) {
                // Opening cuts them.
            }
        }
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
