package dev.rowkeep.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that SQLite has open. If this process opened and closed them itself, the system would take away the locks that SQLite holds
 * on them for it.
 */
final class OpenFiles {
    private static final boolean LOCKS_BELONG_TO_PROCESSES =
            !System.getProperty("os.name", "").startsWith("Windows");

    private OpenFiles() {}

    /** The bytes of a file, read by another process where need be. */
    static byte[] bytes(Path file) throws IOException {
        if (!LOCKS_BELONG_TO_PROCESSES) {
            return Files.readAllBytes(file);
        }
        Process reader = new ProcessBuilder("cat", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] bytes = reader.getInputStream().readAllBytes();
        try {
            if (reader.waitFor() != 0) {
                throw new IOException("cat cannot read " + file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading " + file, e);
        }
        return bytes;
    }
}
