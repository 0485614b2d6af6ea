package dev.rowkeep.store;

import java.time.Duration;

/**
 * How often a write that lost its race to another writer is run again, and how long it waits before. Immutable.
 *
 * <p>The first retry comes at once: mostly the race is over. Before the second one the writer waits {@code firstDelay} on
 * average, and twice as long before each further one. Each wait is drawn evenly between nothing and twice its average, so that
 * writers who lost together do not come back together ("full jitter"); a wait is never longer than {@code maxDelay}, and is
 * drawn from the whole range up to it where the limit applies.
 *
 * <p>Only writes of which nothing was written are retried.
 *
 * @param maxRetries the most retries after the first attempt, 0 to {@value #MAX_RETRIES}; 3 by default
 * @param firstDelay the average wait before the second retry, at least 1 ms and in whole milliseconds; 100 ms by default
 * @param maxDelay the longest wait before any retry, {@code firstDelay} to one hour and in whole milliseconds; 5 s by default
 */
public record RetryPolicy(int maxRetries, Duration firstDelay, Duration maxDelay) {
    /** The largest {@link #maxRetries()}. */
    public static final int MAX_RETRIES = 1_000;

    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final RetryPolicy DEFAULTS = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(5));

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a number or duration is outside its bounds
     */
    public RetryPolicy {
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new IllegalArgumentException("maxRetries is 0 to " + MAX_RETRIES + ", got " + maxRetries
                    + ". Under heavy contention use a declared operation such as add, which needs no retry.");
        }
        requireDelay("firstDelay", firstDelay, Duration.ofMillis(1));
        requireDelay("maxDelay", maxDelay, firstDelay);
    }

    /** At most 3 retries: at once, then after about 100 and 200 ms; no wait longer than 5 s. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** No retries: a write that lost its race fails at once. */
    public static RetryPolicy none() {
        return DEFAULTS.withMaxRetries(0);
    }

    /** The same policy with another number of retries. */
    public RetryPolicy withMaxRetries(int retries) {
        return new RetryPolicy(retries, firstDelay, maxDelay);
    }

    /** The same policy with other waits. */
    public RetryPolicy withDelays(Duration first, Duration most) {
        return new RetryPolicy(maxRetries, first, most);
    }

    private static void requireDelay(String name, Duration delay, Duration least) {
        if (delay.compareTo(least) < 0 || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException(
                    name + " is from " + least + " to " + LONGEST_DELAY + ", got " + delay + ".");
        }
        if (!Duration.ofMillis(delay.toMillis()).equals(delay)) {
            throw new IllegalArgumentException(name + " is in whole milliseconds, got " + delay + ".");
        }
    }
}
