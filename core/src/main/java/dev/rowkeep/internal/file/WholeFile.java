package dev.rowkeep.internal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /** One that is to be called {@code file}. */
    public static WholeFile to(Path file) {
        String name = file.getFileName() + "." + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new WholeFile(file.resolveSibling(name + UNFINISHED), file);
    }

    /** Makes what was written durable, gives it its name, in place of what has that, and makes the name durable; returns its length. */
    public long name() throws IOException {
        long bytes = Durable.sync(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Durable.syncFolder(file.resolveSibling("."));
        return bytes;
    }

    /**
     * As {@link #name}, but never in place of what has that name.
     *
     * @throws FileAlreadyExistsException if something has; what was written is there under the other name still
     */
    public void nameIfFree() throws IOException {
        Durable.sync(unfinished);
        if (!isLinked()) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        Durable.syncFolder(file.resolveSibling("."));
    }

    /** A second name is given only where there is none; a disk that knows no second names is looked at first, and nobody must come between. */
    private boolean isLinked() throws IOException {
        try {
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
        discard();
        return true;
    }

    /** Takes away what did not get its name. */
    public void discard() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is as good as one that a crash leaves, and no name that anybody reads.
        }
    }
}
