package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The steps by which a journal changes files. Each may fail, and the power may go before and after each: nothing else of the journal
 * touches the disk but to read.
 */
interface Disk {
    /** The disk that the system gives. */
    Disk REAL = new RealDisk();

    /** Makes a directory that was not there, for its owner only. */
    void createDirectory(Path directory) throws IOException;

    /** Makes a file that was not there, for its owner only, and opens it. */
    RandomAccessFile create(Path file) throws IOException;

    /** Opens a file that is there, at its beginning. */
    RandomAccessFile open(Path file) throws IOException;

    /** Writes the first {@code length} bytes at the file's pointer, in one call. */
    void write(RandomAccessFile file, byte[] bytes, int length) throws IOException;

    /** Makes durable what was written to the file. */
    void sync(RandomAccessFile file) throws IOException;

    void truncate(RandomAccessFile file, long length) throws IOException;

    /** Renames at once, in place of what has that name. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or empty directory, if it is there. */
    void delete(Path path) throws IOException;

    /** Makes durable what a directory contains, by name. */
    void syncDirectory(Path directory) throws IOException;
}
