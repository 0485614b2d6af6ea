package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.Image;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Closures on one record take turns: instead of racing, each runs on the image that the one before it is about to commit, and
 * they land in one batch.
 *
 * <p>A turn lasts from {@link #acquire} to {@link #release}, which is before the outcome is durable; the pending image is seen by
 * the next holder only. The owner of a pending image calls {@link #settled} once its outcome is known.
 *
 * <p>Direct writes, which are decided by the leader on whatever is there, take no turns, unless a closure {@linkplain Precedence
 * claims precedence}: else a stream of them could make a closure lose for ever.
 */
final class Turns {
    /**
     * An image that is queued but not durable yet.
     *
     * @param image the image
     * @param ticket the write that brings it
     */
    record Pending(Image image, Ticket ticket) {}

    /** A key's line of waiting closures. Guarded by itself; {@code retired} ones are no longer in the map. */
    private static final class Line {
        private final Queue<Place> waiting = new ArrayDeque<>(2);
        private @Nullable Pending pending;
        private boolean taken = true;
        private boolean retired;
    }

    /** One waiter's place in a line. */
    private static final class Place {
        private final Thread thread = Thread.currentThread();
        private volatile boolean granted;
    }

    /**
     * A closure's right, once it has lost, that no direct write comes between what it reads and what it writes. Owned by one
     * thread.
     */
    final class Precedence implements AutoCloseable {
        private final Object key;
        private boolean isClaimed;

        private Precedence(Object key) {
            this.key = key;
        }

        /** From now on direct writes of the key take turns too. */
        void claim() {
            if (!isClaimed) {
                isClaimed = true;
                claims.merge(key, 1, Integer::sum);
            }
        }

        boolean isClaimed() {
            return isClaimed;
        }

        @Override
        public void close() {
            if (isClaimed) {
                isClaimed = false;
                claims.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    private final ConcurrentMap<Object, Line> lines = new ConcurrentHashMap<>();

    /** How many closures claim precedence, by key. */
    private final ConcurrentMap<Object, Integer> claims = new ConcurrentHashMap<>();

    /** A right that the caller may claim later. */
    Precedence precedence(Object key) {
        return new Precedence(key);
    }

    /** Whether direct writes of {@code key} must take turns, because a closure has lost to them. */
    boolean isClaimed(Object key) {
        return claims.containsKey(key);
    }

    /**
     * Waits for the caller's turn on {@code key}.
     *
     * @throws InterruptedException if the caller is interrupted while waiting; it holds no turn then
     */
    void acquire(Object key) throws InterruptedException {
        while (true) {
            Line line = lines.get(key);
            if (line == null) {
                if (lines.putIfAbsent(key, new Line()) == null) {
                    return;
                }
                continue;
            }
            Place place;
            synchronized (line) {
                if (line.retired) {
                    continue;
                }
                if (!line.taken) {
                    line.taken = true;
                    return;
                }
                place = new Place();
                line.waiting.add(place);
            }
            await(key, line, place);
            return;
        }
    }

    /** The image that the previous holder left, if its write is still under way. Only for the holder. */
    @Nullable
    Pending pending(Object key) {
        Line line = lines.get(key);
        if (line == null) {
            return null;
        }
        synchronized (line) {
            Pending left = line.pending;
            return left == null || left.ticket().isSettled() ? null : left;
        }
    }

    /** Ends the caller's turn; {@code left} is what the next holder stands on, null to keep what was there. */
    void release(Object key, @Nullable Pending left) {
        Line line = lines.get(key);
        if (line == null) {
            throw new IllegalStateException("A turn was released that nobody holds");
        }
        Place next;
        synchronized (line) {
            if (left != null) {
                line.pending = left;
            }
            next = line.waiting.poll();
            if (next == null) {
                line.taken = false;
                retireIfIdle(key, line);
            }
        }
        if (next != null) {
            next.granted = true;
            LockSupport.unpark(next.thread);
        }
    }

    /** Forgets the pending image of {@code ticket}, whose outcome is known. */
    void settled(Object key, Ticket ticket) {
        Line line = lines.get(key);
        if (line == null) {
            return;
        }
        synchronized (line) {
            Pending left = line.pending;
            if (left != null && left.ticket() == ticket) {
                line.pending = null;
                retireIfIdle(key, line);
            }
        }
    }

    private void retireIfIdle(Object key, Line line) {
        if (!line.taken && (line.pending == null || line.pending.ticket().isSettled())) {
            line.retired = true;
            lines.remove(key, line);
        }
    }

    private void await(Object key, Line line, Place place) throws InterruptedException {
        while (!place.granted) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                boolean left;
                synchronized (line) {
                    left = line.waiting.remove(place);
                }
                if (!left) {
                    awaitGrant(place);
                    release(key, null);
                }
                throw new InterruptedException();
            }
        }
    }

    /** The turn was being handed over just as the waiter gave up: takes it, so that it can be handed on. */
    private static void awaitGrant(Place place) {
        while (!place.granted) {
            Thread.onSpinWait();
        }
    }
}
