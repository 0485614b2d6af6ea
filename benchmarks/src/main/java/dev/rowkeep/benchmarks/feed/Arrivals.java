package dev.rowkeep.benchmarks.feed;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** When each commit reached a follower of the log, which must see them in order and without a gap. Safe for use by several threads. */
final class Arrivals {
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final long after;
    private long[] nanos = new long[FIRST_CAPACITY];
    private int count;

    /** Of the commits after the sequence {@code after}. */
    Arrivals(long after) {
        this.after = after;
    }

    /**
     * Notes that the commit {@code sequence} arrived at {@code time} of {@link System#nanoTime}.
     *
     * @throws IllegalStateException if it is not the next one
     */
    synchronized void note(long sequence, long time) {
        if (sequence != after + count + 1) {
            throw new IllegalStateException("After " + (after + count) + " the commit " + sequence + " arrived");
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
        notifyAll();
    }

    /**
     * Waits for the commit {@code sequence}.
     *
     * @throws TimeoutException if it does not arrive within a minute
     */
    synchronized void await(long sequence) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (after + count < sequence) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException("The follower is at commit " + (after + count) + " and not at " + sequence
                        + " after " + LONGEST_WAIT_SECONDS + " s");
            }
            wait(left);
        }
    }

    /** When the commit {@code sequence} arrived, which was waited for. */
    synchronized long timeOf(long sequence) {
        return nanos[Math.toIntExact(sequence - after - 1)];
    }
}
