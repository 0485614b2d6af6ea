package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the segment files of one directory: each under a temporary name, synced, renamed and its directory synced, so that a segment is
 * there as a whole or not at all. If making one failed, it can be made again.
 */
final class JournalFiles {
    private static final int COPY_BYTES = 1 << 16;

    private final Path directory;
    private final Disk disk;

    JournalFiles(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** What a new file contains. */
    private interface Content {
        void writeTo(RandomAccessFile file) throws IOException;
    }

    /** Makes a segment that has no records. */
    void create(SegmentHeader header) throws IOException {
        byte[] bytes = header.encode();
        put(Segment.fileIn(directory, header.start()), file -> disk.write(file, bytes, bytes.length));
    }

    /** Puts a copy of a segment's durable bytes in its place, and leaves behind whatever followed them. */
    void replace(Segment segment) throws IOException {
        put(segment.file(), copy -> copy(segment.file(), segment.length(), disk, copy));
    }

    /** Writes the first {@code end} bytes of a file behind what was written to {@code copy}. */
    static void copy(Path from, long end, Disk disk, RandomAccessFile copy) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(from.toFile(), "r")) {
            byte[] bytes = new byte[COPY_BYTES];
            for (long rest = end; rest > 0; ) {
                int length = (int) Math.min(rest, bytes.length);
                file.readFully(bytes, 0, length);
                disk.write(copy, bytes, length);
                rest -= length;
            }
        }
    }

    private void put(Path target, Content content) throws IOException {
        Path temporary = Segment.temporary(target);
        disk.delete(temporary);
        try (RandomAccessFile file = disk.create(temporary)) {
            content.writeTo(file);
            disk.sync(file);
        }
        putInPlace(target);
    }

    /** Gives what was written under the temporary name of {@code target} that name, durably. */
    void putInPlace(Path target) throws IOException {
        disk.rename(Segment.temporary(target), target);
        disk.syncDirectory(directory);
    }

    /** What a directory contains, in the order of names. */
    static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        return entries;
    }
}
