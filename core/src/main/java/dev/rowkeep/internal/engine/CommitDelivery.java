package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.log.CommitListener;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Gives an application's listener the commits that its filter wants, one by one. */
final class CommitDelivery implements LiveSubscription.Delivery {
    private static final int PAGE = 256;

    private final Storage storage;
    private final LogFeed feed;
    private final KeptLog kept;
    private final LogDecoder decoder;
    private final LogFilter filter;
    private final CommitListener listener;

    CommitDelivery(
            Storage storage,
            LogFeed feed,
            KeptLog kept,
            LogDecoder decoder,
            LogFilter filter,
            CommitListener listener) {
        this.kept = kept;
        this.storage = storage;
        this.feed = feed;
        this.decoder = decoder;
        this.filter = filter;
        this.listener = listener;
    }

    @Override
    public void deliver(long from, BooleanSupplier isClosed, LongConsumer delivered) throws InterruptedException {
        List<LoggedCommit> page = storage.commitsAfter(from, PAGE);
        kept.require(from); // It was read before that is asked, so that there is no gap if it holds.
        for (LoggedCommit logged : page) {
            if (isClosed.getAsBoolean() || logged.header().sequence() > feed.head()) {
                return;
            }
            Optional<Commit> wanted = decoder.wanted(logged, filter);
            if (wanted.isPresent()) {
                Commit commit = wanted.get();
                LiveSubscription.untilDone(
                        "A subscription's listener of " + commit.position(), isClosed, () -> deliver(commit));
            }
            delivered.accept(logged.header().sequence());
        }
    }

    private void deliver(Commit commit) {
        try (CallbackScope scope = CallbackScope.enter("subscription listener")) {
            listener.onCommit(commit);
        }
    }
}
