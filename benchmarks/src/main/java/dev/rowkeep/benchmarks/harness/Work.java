package dev.rowkeep.benchmarks.harness;

/** What one thread does again and again in a round. Used by one thread at a time. */
@FunctionalInterface
public interface Work {
    /**
     * Does some operations and returns how many of them are done, or under way and waited for in {@link #finish}. The time of one
     * call is one latency.
     */
    int run() throws Exception;

    /** Gets ready, before the clock starts. */
    default void prepare() throws Exception {}

    /** Waits for what is still under way, while the clock still runs. */
    default void finish() throws Exception {}

    /** Clears up, after the clock has stopped. */
    default void tidy() throws Exception {}
}
