package dev.rowkeep.benchmarks.feed;

import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Entrant;
import dev.rowkeep.benchmarks.harness.Latencies;
import dev.rowkeep.benchmarks.harness.Sample;
import dev.rowkeep.benchmarks.harness.Verdict;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.commit.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Threads that update products by closures, and somebody who follows the log meanwhile. */
public final class FollowedWriters implements AutoCloseable {
    private final KeepProducts products;
    private final Follower follower;
    private final Entrant entrant;
    private final List<Acknowledgements> acknowledged = new ArrayList<>();

    private FollowedWriters(
            String name, KeepProducts products, Follower follower, KeyChoice keys, int threads, Effort effort)
            throws Exception {
        this.products = products;
        this.follower = follower;
        this.entrant = new Entrant(new KeepWriters(name, products, noting(), keys), threads, effort);
    }

    /** With a subscription in this process. */
    public static FollowedWriters locally(KeepProducts products, KeyChoice keys, int threads, Effort effort)
            throws Exception {
        return new FollowedWriters(
                "rowkeep-same-process", products, new LocalFollower(products), keys, threads, effort);
    }

    /** With a subscription in another process, which opens the store in {@code directory} too. */
    public static FollowedWriters remotely(
            KeepProducts products, Path directory, KeyChoice keys, int threads, Effort effort) throws Exception {
        return new FollowedWriters(
                "rowkeep-other-process", products, new RemoteFollower(products, directory), keys, threads, effort);
    }

    /** The contender's name. */
    public String name() {
        return entrant.name();
    }

    /** What it ran with. */
    public String settings() {
        return entrant.settings();
    }

    /**
     * Runs one round. The latencies are from the return of each write to the arrival of its commit, 0 where it arrived before.
     *
     * @throws TimeoutException if the follower does not catch up within a minute after the round
     */
    public Sample round() throws Exception {
        acknowledged.forEach(Acknowledgements::clear);
        Sample writes = entrant.round();
        follower.arrivals().await(products.log().head().sequence());
        Latencies latencies = new Latencies();
        for (Acknowledgements thread : acknowledged) {
            thread.forEach(
                    (sequence, nanos) -> latencies.add(follower.arrivals().timeOf(sequence) - nanos));
        }
        return new Sample(writes.operations(), writes.nanos(), writes.cpuNanos(), latencies);
    }

    /** Checks that every acknowledged update landed once. */
    public Optional<Verdict> verify() throws Exception {
        return entrant.verify();
    }

    @Override
    public void close() throws Exception {
        try {
            follower.close();
        } finally {
            entrant.close();
        }
    }

    private KeepWriting noting() {
        return (store, keys) -> {
            Acknowledgements told = new Acknowledgements();
            acknowledged.add(told);
            return () -> {
                Position position = store.update(keys.get(), product -> product.withQuantity(product.quantity() + 1))
                        .position();
                told.note(position.sequence(), System.nanoTime());
                return 1;
            };
        };
    }
}
