package dev.rowkeep.internal.engine;

import dev.rowkeep.log.LogSegment;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Gives the commits to a replica in the same process, many at a time, and confirms them. */
final class ReplicaDelivery implements LiveSubscription.Delivery {
    private static final int MOST_COMMITS = 4096;

    private final Shipping shipping;
    private final Confirmations confirmations;
    private final KeptLog kept;
    private final Follower replica;

    ReplicaDelivery(Shipping shipping, Confirmations confirmations, KeptLog kept, Follower replica) {
        this.kept = kept;
        this.shipping = shipping;
        this.confirmations = confirmations;
        this.replica = replica;
    }

    @Override
    public void deliver(long from, BooleanSupplier isClosed, LongConsumer delivered) throws InterruptedException {
        Optional<LogSegment> segment = kept.reading(from, () -> shipping.after(from, MOST_COMMITS));
        if (segment.isPresent()) {
            byte[] bytes = segment.get().toByteArray();
            LiveSubscription.untilDone("A replica", isClosed, () -> replica.take(bytes));
            long through = segment.get().through().sequence();
            confirmations.confirm(through);
            delivered.accept(through);
        }
    }
}
