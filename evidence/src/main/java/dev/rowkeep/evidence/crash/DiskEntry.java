package dev.rowkeep.evidence.crash;

import java.util.Map;

/** What a name on a replayed disk stands for. */
sealed interface DiskEntry permits DiskFile, DiskDirectory {
    /** What is seen of it now survives from here on. */
    void sync();

    /** A copy that has its own future; {@code copies} holds those that were made before, by what they are copies of. */
    DiskEntry copy(Map<DiskEntry, DiskEntry> copies);
}
