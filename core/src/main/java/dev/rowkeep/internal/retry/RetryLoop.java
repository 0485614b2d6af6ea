package dev.rowkeep.internal.retry;

import dev.rowkeep.error.InterruptedWriteException;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.store.RetryPolicy;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts to write until one is not lost, within the bounds of one {@link RetryPolicy}. Thread-safe; made once per policy.
 *
 * <p>A first attempt that is not lost never enters resilience4j. After that, resilience4j's {@linkplain Retry#asyncContext()
 * asynchronous context} counts, decides and names the wait, and the wait itself is ours: its blocking context sleeps through a
 * function that is shared by the whole JVM, and answers an interrupt after a lost <em>result</em> with a
 * {@code NullPointerException}.
 */
public final class RetryLoop {
    private final Retry retry;
    private final Sleeper sleeper;

    /** Retries as {@code policy} says, with waits drawn from {@code random} and slept by {@code sleeper}. */
    public RetryLoop(RetryPolicy policy, RandomGenerator random, Sleeper sleeper) {
        this.retry = Retry.of(
                "rowkeep",
                RetryConfig.<Attempt<?>>custom()
                        .maxAttempts(1 + policy.maxRetries())
                        .intervalFunction(new Backoff(policy, random))
                        .retryOnResult(Attempt.Lost.class::isInstance)
                        .build());
        this.sleeper = sleeper;
    }

    /** Retries as {@code policy} says, in real time. */
    public static RetryLoop of(RetryPolicy policy) {
        return new RetryLoop(policy, () -> ThreadLocalRandom.current().nextLong(), Thread::sleep);
    }

    /**
     * Runs {@code attempt} on the calling thread until it is not lost. Blocks for the attempts and the waits between them.
     *
     * @param target what is written, for failures; only asked then
     * @param attempt one attempt; whatever it throws ends the loop unchanged
     * @param listener told of each lost attempt that is followed by another one
     * @return the answer of the attempt that was not lost
     * @throws RetriesExhaustedException if the last allowed attempt was lost as well; nothing was written
     * @throws InterruptedWriteException if the calling thread is interrupted before or during a wait; nothing was written, and
     *     the thread is still interrupted
     */
    public <T extends @Nullable Object> T run(
            Supplier<String> target, Supplier<? extends Attempt<T>> attempt, RetryListener listener) {
        Attempt<T> first = attempt.get();
        return first instanceof Attempt.Won<T> won ? won.value() : runAgain(target, attempt, listener, first);
    }

    private <T extends @Nullable Object> T runAgain(
            Supplier<String> target, Supplier<? extends Attempt<T>> attempt, RetryListener listener, Attempt<T> first) {
        Retry.AsyncContext<Attempt<T>> context = retry.asyncContext();
        Attempt<T> latest = first;
        for (int attempts = 1; latest instanceof Attempt.Lost<T> lost; attempts++) {
            long waitMillis = context.onResult(latest);
            if (waitMillis < 0) {
                context.onComplete();
                throw new RetriesExhaustedException(target.get(), attempts, lost.cause());
            }
            listener.attemptLost(attempts, waitMillis);
            pause(target, waitMillis);
            latest = attempt.get();
        }
        context.onComplete();
        return ((Attempt.Won<T>) latest).value();
    }

    private void pause(Supplier<String> target, long waitMillis) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (waitMillis > 0) {
                sleeper.sleep(waitMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedWriteException(target.get(), e);
        }
    }
}
