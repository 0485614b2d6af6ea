package dev.rowkeep.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is written under a name that nothing else has, and gets its own when it is on the disk: so a crash leaves what was there
 * before, or what is there now. An interrupt of the calling thread does no harm.
 *
 * @param unfinished the name it is written under
 * @param file its own name
 */
public record WholeFile(Path unfinished, Path file) {
    /** What the name of a file ends with that is not whole. */
    public static final String UNFINISHED = ".tmp";

    private static final AtomicLong COUNT = new AtomicLong();

    private static final boolean IS_POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** There, a directory cannot be opened; its entries are journalled. */
    private static final boolean IS_WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /** One that is to be called {@code file}. */
    public static WholeFile to(Path file) {
        String name = file.getFileName() + "." + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new WholeFile(file.resolveSibling(name + UNFINISHED), file);
    }

    /** Makes what was written durable, gives it its name, in place of what has that, and makes the name durable; returns its length. */
    public long name() throws IOException {
        long bytes;
        try (RandomAccessFile written = new RandomAccessFile(unfinished.toFile(), "rw")) {
            written.getFD().sync();
            bytes = written.length();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(file.resolveSibling("."));
        return bytes;
    }

    /** Takes away what did not get its name. */
    public void discard() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is as good as one that a crash leaves, and no name that anybody reads.
        }
    }

    /** Makes durable what a folder contains, by name. */
    public static void syncFolder(Path folder) throws IOException {
        if (IS_WINDOWS) {
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                    entries.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What makes a file its owner's only, where the system has that. */
    public static FileAttribute<?>[] ownersFile() {
        return permissions("rw-------");
    }

    /** What makes a folder its owner's only, where the system has that. */
    public static FileAttribute<?>[] ownersFolder() {
        return permissions("rwx------");
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return IS_POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
