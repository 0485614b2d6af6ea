package dev.rowkeep.storage.duckdb.journal;

import dev.rowkeep.storage.duckdb.journal.Journal.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies a segment as far as it is durable, each record checked as it is read. Whatever is appended meanwhile comes behind that.
 *
 * @param disk what the copy is written through
 * @param segment what is copied
 */
record SegmentCopy(Disk disk, Segment segment) {
    private static final int MANY_BYTES = 1 << 20;

    void writeTo(Path directory, Identity identity) throws IOException {
        Path target = Segment.fileIn(directory, segment.start());
        try (RandomAccessFile file = disk.create(target);
                JournalReader reader =
                        JournalReader.open(List.of(segment), segment.start().number())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * MANY_BYTES);
            bytes.write(new SegmentHeader(identity, segment.start()).encode());
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
                bytes.write(SegmentFormat.encode(record));
                if (bytes.size() >= MANY_BYTES) {
                    write(file, bytes);
                }
            }
            write(file, bytes);
        }
    }

    private void write(RandomAccessFile file, ByteArrayOutputStream bytes) throws IOException {
        disk.write(file, bytes.toByteArray(), bytes.size());
        bytes.reset();
    }
}
