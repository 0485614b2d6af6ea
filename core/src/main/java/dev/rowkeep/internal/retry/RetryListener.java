package dev.rowkeep.internal.retry;

/** Learns of every attempt that was lost and will be followed by another one; runs on the writing caller's thread. */
@FunctionalInterface
public interface RetryListener {
    /**
     * Called before the wait.
     *
     * @param attempt the number of the attempt that was lost, from 1
     * @param waitMillis how long the caller will wait before the next one, in milliseconds
     */
    void attemptLost(int attempt, long waitMillis);
}
