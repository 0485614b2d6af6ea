package dev.rowkeep.internal.engine;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How long a leader waits for company before it takes a batch. The writers of the last batch were answered a moment ago, and those
 * who go on writing are about to queue again; without a wait they would form two halves that take turns, and each half would pay a
 * sync of its own.
 *
 * <p>The leader waits for as many tickets as there were writers at the end of the last batch, in it and behind it, but at most for
 * a quarter of the time that batch took and never longer than {@value #MOST_MICROS} µs. A writer that was alone waits for nobody.
 * The idea is that of PostgreSQL's {@code commit_delay} and {@code commit_siblings}, with both measured instead of configured.
 * Owned by the leader.
 */
final class CommitDelay {
    static final long MOST_MICROS = 100;

    private static final int SHARE = 4;

    private final LongSupplier nanoTime;
    private final Runnable pause;
    private int company;
    private long mostNanos;

    /**
     * A delay that has seen no batch yet.
     *
     * @param nanoTime the clock
     * @param pause lets other threads run for a moment
     */
    CommitDelay(LongSupplier nanoTime, Runnable pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Waits until enough tickets are there, or the time is up. */
    void await(IntSupplier waiting) {
        if (company < 2 || waiting.getAsInt() >= company) {
            return;
        }
        long started = nanoTime.getAsLong();
        do {
            pause.run();
        } while (waiting.getAsInt() < company && nanoTime.getAsLong() - started < mostNanos);
    }

    /** Takes note of a batch of {@code size} tickets that took {@code nanos}, at whose end {@code waiting} more were there. */
    void committed(int size, int waiting, long nanos) {
        company = Math.min(size + waiting, CommitGate.MAX_TICKETS);
        mostNanos = Math.min(nanos / SHARE, MOST_MICROS * 1000);
    }
}
