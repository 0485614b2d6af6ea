package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.Replica;
import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.log.LogSegment;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a new replica of a log and takes all of it in, again and again; an operation is a commit. */
public final class ReplicaBootstrap implements Contender {
    private static final int COMMITS_AT_ONCE = 4096;

    private final KeepProducts primary;
    private final KeepStorage storage;
    private final Workspace workspace;

    /** Replicas of {@code primary}, which nobody writes to, in {@code storage}. */
    public ReplicaBootstrap(KeepProducts primary, KeepStorage storage, Workspace workspace) {
        this.primary = primary;
        this.storage = storage;
        this.workspace = workspace;
    }

    @Override
    public String name() {
        return "rowkeep-replica-" + storage.id();
    }

    @Override
    public String settings() {
        return storage.settings() + ", of a log on SQLite, " + COMMITS_AT_ONCE + " commits a segment at most";
    }

    @Override
    public Work worker(int thread) {
        return this::bootstrap;
    }

    private int bootstrap() throws Exception {
        Path directory = workspace.directory("replica");
        try (Replica replica =
                Replica.open(storage.aloneUnder(directory), primary.log().start())) {
            Optional<LogSegment> segment = primary.log().ship(replica.position(), COMMITS_AT_ONCE);
            while (segment.isPresent()) {
                segment = primary.log().ship(replica.apply(segment.get().toByteArray()), COMMITS_AT_ONCE);
            }
            if (!replica.keep().log().anchor().equals(primary.log().anchor())) {
                throw new IllegalStateException("The replica's log is another than its primary's");
            }
            return Math.toIntExact(replica.position().sequence());
        } finally {
            Workspace.delete(directory);
        }
    }

    @Override
    public void close() {
        primary.close();
    }
}
