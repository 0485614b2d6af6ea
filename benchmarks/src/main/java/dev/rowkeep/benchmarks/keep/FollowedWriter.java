package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.Replica;
import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Writes on a primary on SQLite, and waits after each write until a replica in the same process can be read and has it. */
public final class FollowedWriter implements Updating {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KeepProducts primary;
    private final KeepStorage storage;
    private final KeyChoice keys;
    private final Replica replica;
    private final Subscription following;

    /** A writer on {@code primary}, whose replica is in {@code storage} under {@code directory}. */
    public FollowedWriter(KeepProducts primary, KeepStorage storage, Path directory, KeyChoice keys) {
        this.primary = primary;
        this.storage = storage;
        this.keys = keys;
        this.replica = Replica.open(storage.aloneUnder(directory), primary.log().start());
        this.following = primary.feed(replica);
    }

    @Override
    public String name() {
        return "rowkeep-followed-by-" + storage.id();
    }

    @Override
    public String settings() {
        return storage.settings() + ", follows a primary on SQLite in the same process";
    }

    @Override
    public Work worker(int thread) {
        Supplier<String> next = keys.forThread(thread);
        return () -> {
            Position written = primary.store()
                    .apply(KeepWriting.addOne(primary.store(), next.get()))
                    .orThrow()
                    .position();
            if (!replica.keep().log().awaitPosition(written, PATIENCE)) {
                throw new IllegalStateException("The replica does not follow");
            }
            return 1;
        };
    }

    @Override
    public void verify(long acknowledged) {
        primary.verifyUpdates(acknowledged);
    }

    @Override
    public void close() {
        following.close();
        replica.close();
        primary.close();
    }
}
