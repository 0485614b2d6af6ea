package dev.rowkeep.evidence.kill;

import java.nio.file.Path;

/** What a process is doing when it is killed, told by the files that it is changing. */
interface Target {
    /** The pattern of the files, below {@code directory}. */
    String files(Path directory);

    /** The process is killed at one of so many calls. */
    int most();
}
