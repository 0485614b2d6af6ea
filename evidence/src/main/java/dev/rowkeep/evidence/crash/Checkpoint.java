package dev.rowkeep.evidence.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of DuckDB in a recorded run: what it writes into the database's file between the last sync of its log and the log's end.
 *
 * @param writes the numbers of these writes among the events, in order
 */
record Checkpoint(List<Integer> writes) {
    private static final String LOG = ".wal";
    private static final int IN_PLACE = 2;

    /** All of {@code trace}, except the one with which a new database is made before it gets its name. */
    static List<Checkpoint> of(Kept kept, Trace trace) {
        Path database = kept.database(trace.directory());
        Path log = database.resolveSibling(database.getFileName() + LOG);
        Set<Integer> databases = new HashSet<>();
        Set<Integer> logs = new HashSet<>();
        List<Integer> writes = new ArrayList<>();
        List<Checkpoint> found = new ArrayList<>();
        for (int i = 0; i < trace.events().size(); i++) {
            DiskEvent event = trace.events().get(i);
            note(event, database, databases);
            note(event, log, logs);
            if (event instanceof DiskEvent.Written && databases.contains(event.file())) {
                writes.add(i);
            } else if (logs.contains(event.file())) {
                if (isEnd(event) && !writes.isEmpty()) {
                    found.add(new Checkpoint(List.copyOf(writes)));
                }
                writes.clear();
            }
        }
        return found;
    }

    /** The last writes, of metadata and of the header, are over what the database lives on. */
    List<Integer> inPlace() {
        return writes.subList(Math.max(0, writes.size() - IN_PLACE), writes.size());
    }

    private static void note(DiskEvent event, Path path, Set<Integer> files) {
        if (path.equals(nameIn(event))) {
            files.add(event.file());
        } else if (event instanceof DiskEvent.Renamed) {
            files.remove(event.file());
        }
    }

    private static @Nullable Path nameIn(DiskEvent event) {
        if (event instanceof DiskEvent.Appeared appeared) {
            return appeared.path();
        }
        return event instanceof DiskEvent.Renamed renamed ? renamed.path() : null;
    }

    private static boolean isEnd(DiskEvent event) {
        return event instanceof DiskEvent.Removed || event instanceof DiskEvent.Resized;
    }
}
