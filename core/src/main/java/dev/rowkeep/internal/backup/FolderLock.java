package dev.rowkeep.internal.backup;

import dev.rowkeep.backup.BackupException;
import dev.rowkeep.backup.BackupException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The right to make and remove backups in a folder, for one at a time. It goes with the process.
 *
 * <p>Between processes it is a lock on a file in the folder, which is never removed: of two files of one name, two could hold the lock.
 * Within this process it is a system property, asked first, because closing the file lets go of the whole process's locks on it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".rowkeep-backups.lock";
    private static final String PROPERTY = "dev.rowkeep.backups:";

    private final String property;
    private final RandomAccessFile file;

    private FolderLock(String property, RandomAccessFile file) {
        this.property = property;
        this.file = file;
    }

    /**
     * Takes it.
     *
     * @throws BackupException {@code BUSY} if somebody has it
     */
    public static FolderLock take(BackupFolder folder) throws IOException {
        String property = PROPERTY + folder.path();
        if (System.getProperties().putIfAbsent(property, "held") != null) {
            throw busy(folder.path(), "this process");
        }
        FolderLock lock = null;
        try {
            lock = locked(folder.path(), property);
            return lock;
        } finally {
            if (lock == null) {
                System.getProperties().remove(property);
            }
        }
    }

    private static FolderLock locked(Path folder, String property) throws IOException {
        RandomAccessFile file = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw");
        FolderLock lock = null;
        try {
            if (tryLock(file) == null) {
                throw busy(folder, "process " + file.readLine());
            }
            file.setLength(0);
            file.writeBytes(ProcessHandle.current().pid() + "\n");
            lock = new FolderLock(property, file);
            return lock;
        } finally {
            if (lock == null) {
                file.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static BackupException busy(Path folder, String who) {
        return BackupException.of(
                Kind.BUSY,
                "Cannot make or remove backups in " + folder + ": " + who
                        + " does so just now. Nothing was done; try again when it has finished, or use another folder.",
                null);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // The descriptor is gone, and the lock with it.
        }
        System.getProperties().remove(property);
    }
}
