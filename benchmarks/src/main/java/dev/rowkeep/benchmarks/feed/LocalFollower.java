package dev.rowkeep.benchmarks.feed;

import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.Subscription;

/** A subscription in the writers' process. */
final class LocalFollower implements Follower {
    private final Arrivals arrivals;
    private final Subscription subscription;

    LocalFollower(KeepProducts products) {
        Position head = products.log().head();
        this.arrivals = new Arrivals(head.sequence());
        this.subscription = products.log()
                .subscribe(
                        head,
                        LogFilter.everything(),
                        commit -> arrivals.note(commit.position().sequence(), System.nanoTime()));
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
