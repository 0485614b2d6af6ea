package dev.rowkeep.internal.retry;

import dev.rowkeep.store.RetryPolicy;
import io.github.resilience4j.core.IntervalFunction;
import java.util.random.RandomGenerator;

/**
 * The wait before each retry, as {@link RetryPolicy} describes it: nothing before the first, then evenly drawn from 0 to a ceiling
 * that doubles up to a cap. As thread-safe as its source of randomness.
 *
 * <p>It takes the place of resilience4j's {@code ofExponentialRandomBackoff}, which loses its jitter at the cap, where every
 * writer then waits the same, and overflows without one.
 */
public final class Backoff implements IntervalFunction {
    private final long firstDelayMillis;
    private final long maxDelayMillis;
    private final RandomGenerator random;

    /** The waits of {@code policy}, drawn from {@code random}. */
    public Backoff(RetryPolicy policy, RandomGenerator random) {
        this.firstDelayMillis = policy.firstDelay().toMillis();
        this.maxDelayMillis = policy.maxDelay().toMillis();
        this.random = random;
    }

    /** The wait in milliseconds after {@code attempt}, from 1, was lost. */
    @Override
    public Long apply(Integer attempt) {
        return waitMillis(attempt);
    }

    /**
     * The wait in milliseconds after {@code attempt}, from 1, was lost.
     *
     * @throws IllegalArgumentException if {@code attempt} is less than 1
     */
    public long waitMillis(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts are counted from 1, got " + attempt + ".");
        }
        return attempt == 1 ? 0 : random.nextLong(ceilingMillis(attempt) + 1);
    }

    /** The longest wait after {@code attempt}: twice the first delay after the second attempt, then doubling up to the cap. */
    private long ceilingMillis(int attempt) {
        int doublings = attempt - 1;
        boolean fitsLong = doublings < Long.numberOfLeadingZeros(firstDelayMillis);
        return fitsLong ? Math.min(firstDelayMillis << doublings, maxDelayMillis) : maxDelayMillis;
    }
}
