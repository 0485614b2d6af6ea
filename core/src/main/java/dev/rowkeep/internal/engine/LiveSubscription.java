package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.log.ReplicationException;
import dev.rowkeep.log.Subscription;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One following of the log, on a daemon thread of its own. Catching up and following live are one thing: deliver from where it is until there
 * is no more, then wait for the head to move. So there is no gap between the two.
 */
final class LiveSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger("dev.rowkeep");
    private static final int MAX_DELIVERIES = 10;
    private static final long FIRST_PAUSE_MILLIS = 10;

    private final LogFeed feed;
    private final LongFunction<Position> positions;
    private final Delivery delivery;
    private final Thread thread;
    private volatile long delivered;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /** What becomes of the commits. */
    interface Delivery {
        /**
         * Delivers some of the commits after {@code from}, of which there is at least one that is durable.
         *
         * @param isClosed whether to stop before the next commit
         * @param delivered to be told the sequence up to which all are delivered
         */
        void deliver(long from, BooleanSupplier isClosed, LongConsumer delivered) throws InterruptedException;
    }

    LiveSubscription(LogFeed feed, LongFunction<Position> positions, long after, Delivery delivery) {
        this.feed = feed;
        this.positions = positions;
        this.delivered = after;
        this.delivery = delivery;
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
                delivery.deliver(delivered, () -> closed, sequence -> delivered = sequence);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.warn("A subscription ended after position {}; subscribe again from there", delivered, e);
        }
    }

    /** Runs {@code action}, and runs it again after a pause if it fails, some times. */
    static void untilDone(String what, BooleanSupplier isClosed, Runnable action) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                action.run();
                return;
            } catch (RuntimeException e) {
                boolean isFinal = e instanceof ReplicationException; // It says the same every time.
                if (isFinal || isClosed.getAsBoolean() || attempt == MAX_DELIVERIES) {
                    throw e;
                }
                LOG.warn("{} failed; it is tried again", what, e);
                Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
            }
        }
    }
}
