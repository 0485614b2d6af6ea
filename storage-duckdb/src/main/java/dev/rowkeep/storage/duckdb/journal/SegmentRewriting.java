package dev.rowkeep.storage.duckdb.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a segment with other payloads under a temporary name, one record after the other. What comes before the first that changes is copied as
 * it stands. Used once, by one thread.
 */
final class SegmentRewriting {
    private static final int MANY_BYTES = 1 << 20;

    private final Disk disk;
    private final Segment segment;
    private final Path temporary;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long length;

    SegmentRewriting(Disk disk, Segment segment) {
        this.disk = disk;
        this.segment = segment;
        this.temporary = segment.temporary();
    }

    /**
     * Writes it, durable, and reads it back.
     *
     * @param isWanted whether it is written though no payload changes
     * @return the segment as it is when the temporary file has its name; null if it is not written, and then there is no such file
     * @throws JournalException {@code DAMAGED} if the segment is not what was written, or if what was written is not what is read
     */
    @Nullable
    Segment write(Rewriting rewriting, boolean isWanted) throws IOException {
        RandomAccessFile file = null;
        try (SegmentInput input = SegmentInput.open(segment.file(), segment.length())) {
            long from = input.position();
            for (JournalRecord record = input.next(); record != null; record = input.next()) {
                byte[] payload = rewriting.payload(record);
                if (file == null && (isWanted || payload != record.payload())) {
                    file = begin(from);
                }
                if (file != null) {
                    add(file, new JournalRecord(record.number(), record.hashBefore(), record.hashAfter(), payload));
                }
                from = input.position();
            }
            if (!input.isAtEnd()) {
                throw input.damage();
            }
            if (file == null) {
                return null;
            }
            flush(file);
            disk.sync(file);
        } finally {
            if (file != null) {
                file.close();
            }
        }
        Segment written = new Segment(segment.file(), segment.start(), segment.end(), length);
        requireRead(written);
        return written;
    }

    /** Copies what comes before the record that begins at {@code end}. */
    private RandomAccessFile begin(long end) throws IOException {
        disk.delete(temporary);
        RandomAccessFile file = disk.create(temporary);
        boolean isBegun = false;
        try {
            JournalFiles.copy(segment.file(), end, disk, file);
            length = end;
            isBegun = true;
            return file;
        } finally {
            if (!isBegun) {
                file.close();
            }
        }
    }

    private void add(RandomAccessFile file, JournalRecord record) throws IOException {
        unwritten.write(SegmentFormat.encode(record));
        if (unwritten.size() >= MANY_BYTES) {
            flush(file);
        }
    }

    private void flush(RandomAccessFile file) throws IOException {
        disk.write(file, unwritten.toByteArray(), unwritten.size());
        length += unwritten.size();
        unwritten.reset();
    }

    /** That the file holds the same records of the log, each whole. */
    private void requireRead(Segment written) throws IOException {
        try (SegmentInput input = SegmentInput.open(temporary, length)) {
            JournalRecord record = input.next();
            while (record != null) {
                record = input.next();
            }
            boolean isSame = input.isAtEnd()
                    && input.header().start().equals(written.start())
                    && input.place().equals(written.end());
            if (!isSame) {
                throw JournalException.damaged(temporary, input.position(), "what was written is not what is read");
            }
        }
    }
}
