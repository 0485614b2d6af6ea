package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a crash left, for a process that goes on with it.
 *
 * @param what the crash, in words
 * @param disk what of it is safe, and what a second crash may still take away
 * @param said what was said before the crash
 */
record Wreck(String what, Disk disk, String said) {
    /** Puts the files of {@code kept} and what was said into {@code directory}. */
    void write(Kept kept, Path directory) throws IOException {
        disk.image(Disk.Names.AT_ONCE, Loss.NOTHING).without(kept::isMapped).write(directory);
        Files.writeString(directory.resolve(Workload.SAID), said);
    }
}
