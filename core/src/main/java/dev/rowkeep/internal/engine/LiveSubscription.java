package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.CommitListener;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener's following of the log, on a daemon thread of its own. Catching up and following live are one thing: read the log
 * from where the listener is until there is no more, then wait for the head to move. So there is no gap between the two.
 */
final class LiveSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");
    private static final int PAGE = 256;
    private static final int MAX_DELIVERIES = 10;
    private static final long FIRST_PAUSE_MILLIS = 10;

    private final Storage storage;
    private final LogFeed feed;
    private final LogDecoder decoder;
    private final LongFunction<Position> positions;
    private final LogFilter filter;
    private final CommitListener listener;
    private final Thread thread;
    private volatile long delivered;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    LiveSubscription(
            Storage storage,
            LogFeed feed,
            LogDecoder decoder,
            LongFunction<Position> positions,
            long after,
            LogFilter filter,
            CommitListener listener) {
        this.storage = storage;
        this.feed = feed;
        this.decoder = decoder;
        this.positions = positions;
        this.delivered = after;
        this.filter = filter;
        this.listener = listener;
        this.thread = new Thread(this::follow, "rowkeep-subscription");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    @Override
    public Position delivered() {
        return positions.apply(delivered);
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            while (!closed && feed.awaitBeyond(delivered)) {
                List<LoggedCommit> commits = storage.commitsAfter(delivered, PAGE);
                for (LoggedCommit logged : commits) {
                    if (closed || logged.header().sequence() > feed.head()) {
                        break;
                    }
                    Optional<Commit> wanted = filter.apply(decoder.commit(logged));
                    if (wanted.isPresent()) {
                        deliver(wanted.get());
                    }
                    delivered = logged.header().sequence();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.warn("A subscription ended after position {}; subscribe again from there", delivered, e);
        }
    }

    private void deliver(Commit commit) throws InterruptedException {
        for (int delivery = 1; ; delivery++) {
            try (CallbackScope scope = CallbackScope.enter("subscription listener")) {
                listener.onCommit(commit);
                return;
            } catch (RuntimeException e) {
                if (closed || delivery == MAX_DELIVERIES) {
                    throw e;
                }
                LOG.warn("A subscription's listener failed on {}; it is delivered again", commit.position(), e);
                Thread.sleep(FIRST_PAUSE_MILLIS << (delivery - 1));
            }
        }
    }
}
