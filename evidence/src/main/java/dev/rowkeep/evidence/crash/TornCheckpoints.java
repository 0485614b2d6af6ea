package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Has images opened in which exactly one write of a checkpoint is torn, each write in turn, and counts the checkpoints. */
final class TornCheckpoints {
    private static final String KIND = "TORN_CHECKPOINT";

    private final Kept kept;
    private final CrashImages images;
    private final Random random;
    private int count;

    TornCheckpoints(Kept kept, CrashImages images, Random random) {
        this.kept = kept;
        this.images = images;
        this.random = random;
    }

    /** Tears all checkpoints of {@code trace}, a run that is called {@code name} in messages and that began with nothing. */
    void check(String name, Trace trace) throws IOException {
        Map<Integer, List<Integer>> tornAt = new TreeMap<>();
        for (Checkpoint checkpoint : Checkpoint.of(kept, trace)) {
            count++;
            for (int write : checkpoint.writes()) {
                tornAt.computeIfAbsent(write, event -> new ArrayList<>()).add(write);
                tornAt.computeIfAbsent(lastBeforeSync(trace, write), event -> new ArrayList<>())
                        .add(write);
            }
        }
        Moments.fromNothing().visit(trace, (event, disk, said) -> {
            for (int write : tornAt.getOrDefault(event, List.of())) {
                DiskEvent.Written torn = (DiskEvent.Written) trace.events().get(write);
                for (Tear tear : Tear.all()) {
                    images.check(
                            KIND,
                            name + ", after event " + event + ", write " + write + " torn: " + tear,
                            disk.image(Disk.Names.AT_ONCE, tear.of(torn, random)),
                            said);
                }
            }
        });
    }

    /** The last moment at which the write {@code write} can be torn. */
    private static int lastBeforeSync(Trace trace, int write) {
        int file = trace.events().get(write).file();
        int event = write;
        while (event + 1 < trace.events().size()
                && !(trace.events().get(event + 1) instanceof DiskEvent.Synced synced && synced.file() == file)) {
            event++;
        }
        return event;
    }

    /** How many checkpoints there were. */
    int count() {
        return count;
    }
}
