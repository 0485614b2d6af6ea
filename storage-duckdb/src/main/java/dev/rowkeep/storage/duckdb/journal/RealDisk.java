package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The disk that the system gives. Files are written through {@link RandomAccessFile}, not a {@link FileChannel}, which an interrupt of the
 * calling thread closes.
 */
final class RealDisk implements Disk {
    private static final boolean IS_POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    @Override
    public void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, permissions("rwx------"));
    }

    @Override
    public RandomAccessFile create(Path file) throws IOException {
        Files.createFile(file, permissions("rw-------"));
        return open(file);
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return IS_POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public RandomAccessFile open(Path file) throws IOException {
        return new RandomAccessFile(file.toFile(), "rw");
    }

    @Override
    public void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
        file.write(bytes, 0, length);
    }

    @Override
    public void sync(RandomAccessFile file) throws IOException {
        file.getFD().sync();
    }

    @Override
    public void truncate(RandomAccessFile file, long length) throws IOException {
        file.setLength(length);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        Directories.sync(directory);
    }
}
