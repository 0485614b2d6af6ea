package dev.rowkeep.internal.snapshot;

import dev.rowkeep.internal.file.Durable;
import dev.rowkeep.internal.file.WholeFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a storage's snapshots are. Files come and go only under a {@link Hold}, of which there is one for all processes: so whoever
 * has it knows that no file that is there is in the making. Reading needs none.
 */
public final class SnapshotFolder {
    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}\\.snapshot");
    private static final String LOCK = "lock";
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Path folder;

    /** The folder, there or not. */
    public SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether it is there. */
    public boolean isThere() {
        return Files.isDirectory(folder);
    }

    /** A name for a new file, which no other has. */
    public static String newName() {
        return UUID.randomUUID() + ".snapshot";
    }

    /**
     * The file of a name.
     *
     * @throws NoSuchFileException if no file of a snapshot can have that name
     */
    public Path file(String name) throws NoSuchFileException {
        if (!NAME.matcher(name).matches()) {
            throw new NoSuchFileException(folder.resolve("?").toString());
        }
        return folder.resolve(name);
    }

    /** Takes the hold, making the folder if it is not there; {@code onWait} runs while another process has it, and may throw to give up. */
    public Hold hold(Runnable onWait) throws IOException {
        makeFolder();
        RandomAccessFile file = openLock();
        Hold hold = null;
        try {
            FileLock lock = tryLock(file);
            while (lock == null) {
                onWait.run();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
                lock = tryLock(file);
            }
            hold = new Hold(file);
            return hold;
        } finally {
            if (hold == null) {
                file.close();
            }
        }
    }

    /** Takes the hold if there is anything to have it for, and no other process has it. */
    public Optional<Hold> tryHold() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        RandomAccessFile file = openLock();
        boolean isHeld = false;
        try {
            isHeld = tryLock(file) != null;
            return isHeld ? Optional.of(new Hold(file)) : Optional.empty();
        } finally {
            if (!isHeld) {
                file.close();
            }
        }
    }

    /** Takes away a file that no record names, if it is there. */
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    private void makeFolder() throws IOException {
        try {
            Durable.newFolder(folder);
            Durable.syncFolder(folder.resolveSibling("."));
        } catch (FileAlreadyExistsException e) {
            // That is what was wanted, if it is a folder.
        }
    }

    private RandomAccessFile openLock() throws IOException {
        Path path = folder.resolve(LOCK);
        try {
            Durable.createFile(path);
        } catch (FileAlreadyExistsException e) {
            // It is never removed.
        }
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The right to make files and to take them away. Gone with the process, or when closed. */
    public final class Hold implements AutoCloseable {
        private final RandomAccessFile lock;

        private Hold(RandomAccessFile lock) {
            this.lock = lock;
        }

        /** The names of the snapshots' files that are there, whole and unfinished. */
        public List<String> names() throws IOException {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (NAME.matcher(name).matches() || name.endsWith(WholeFile.UNFINISHED)) {
                        names.add(name);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            return names;
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }
}
