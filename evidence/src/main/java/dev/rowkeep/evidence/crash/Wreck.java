package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a crash left, for a process that goes on with it.
 *
 * @param what the crash, in words
 * @param disk what of it is safe, and what a second crash may still take away
 * @param said what was said before the crash
 */
record Wreck(String what, Disk disk, String said) {
    private static final String SHARED_MEMORY = "-shm";

    /** Puts the files and what was said into {@code directory}. */
    void write(Path directory) throws IOException {
        write(disk.image(Disk.Names.AT_ONCE, Disk.Losses.NOTHING), directory);
        Files.writeString(directory.resolve(Workload.SAID), said);
    }

    /** Puts {@code image} into {@code directory}, but not the files that SQLite only shares memory by. */
    static void write(Map<Path, byte[]> image, Path directory) throws IOException {
        for (Map.Entry<Path, byte[]> file : image.entrySet()) {
            if (isKept(file.getKey())) {
                Files.write(directory.resolve(file.getKey().getFileName()), file.getValue());
            }
        }
    }

    static boolean isKept(Path file) {
        return !file.toString().endsWith(SHARED_MEMORY);
    }
}
