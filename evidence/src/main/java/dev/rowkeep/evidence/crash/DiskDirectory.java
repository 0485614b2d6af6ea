package dev.rowkeep.evidence.crash;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory on a replayed disk: the names that a process sees in it, and those that surely survive. */
final class DiskDirectory implements DiskEntry {
    private final Map<String, DiskEntry> seen = new TreeMap<>();
    private final Map<String, DiskEntry> synced = new TreeMap<>();

    @Nullable
    DiskEntry get(String name) {
        return seen.get(name);
    }

    /** Gives an entry a name that can be lost until the next sync. */
    void put(String name, DiskEntry entry) {
        seen.put(name, entry);
    }

    /** Gives an entry a name that is safe. */
    void putSynced(String name, DiskEntry entry) {
        seen.put(name, entry);
        synced.put(name, entry);
    }

    /** Takes the names of {@code entry} away here and in all directories below. */
    void remove(DiskEntry entry) {
        seen.values().removeIf(each -> each == entry);
        for (DiskEntry each : seen.values()) {
            if (each instanceof DiskDirectory below) {
                below.remove(entry);
            }
        }
    }

    /** The entries by name, of which {@code names} are left. */
    Map<String, DiskEntry> entries(Disk.Names names) {
        return names == Disk.Names.AT_ONCE ? seen : synced;
    }

    @Override
    public void sync() {
        synced.clear();
        synced.putAll(seen);
    }

    @Override
    public DiskEntry copy(Map<DiskEntry, DiskEntry> copies) {
        DiskEntry known = copies.get(this);
        if (known != null) {
            return known;
        }
        DiskDirectory copy = new DiskDirectory();
        copies.put(this, copy);
        seen.forEach((name, entry) -> copy.seen.put(name, entry.copy(copies)));
        synced.forEach((name, entry) -> copy.synced.put(name, entry.copy(copies)));
        return copy;
    }
}
