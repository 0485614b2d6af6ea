package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.log.UnconfirmedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Up to where a replica has the log, for the leader who answers nothing that goes beyond, if that is wanted. Safe for use by several threads. */
final class Confirmations {
    private final Optional<Duration> timeout;
    private final LongFunction<Position> positions;
    private final LongConsumer announce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long confirmed;
    private volatile boolean hasBegun;

    /**
     * Waits for {@code timeout} at most; not at all if it is empty.
     *
     * @param announce tells those who follow the log of what is waited for
     */
    Confirmations(Optional<Duration> timeout, LongFunction<Position> positions, LongConsumer announce) {
        this.timeout = timeout;
        this.positions = positions;
        this.announce = announce;
    }

    boolean areWanted() {
        return timeout.isPresent();
    }

    /** From now on there may be somebody who confirms. What is committed earlier, while the storage is opened, is not waited for. */
    void begin() {
        hasBegun = true;
    }

    /** A replica has everything up to {@code sequence}, durably. */
    void confirm(long sequence) {
        lock.lock();
        try {
            confirmed = Math.max(confirmed, sequence);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a replica has {@code sequence}, whatever interrupts; returns what to throw if none has in time, else null. */
    @Nullable
    UnconfirmedException await(long sequence) {
        if (!hasBegun) {
            return null;
        }
        Duration most = timeout.orElseThrow();
        announce.accept(sequence);
        long left = most.toNanos();
        boolean interrupted = false;
        lock.lock();
        try {
            while (confirmed < sequence) {
                if (left <= 0) {
                    return new UnconfirmedException(positions.apply(sequence), most);
                }
                try {
                    left = moved.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return null;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
