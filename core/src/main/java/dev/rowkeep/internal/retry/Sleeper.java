package dev.rowkeep.internal.retry;

/** How a thread waits. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Waits.
     *
     * @param millis how long, in milliseconds, more than 0
     * @throws InterruptedException if the calling thread is interrupted
     */
    void sleep(long millis) throws InterruptedException;
}
