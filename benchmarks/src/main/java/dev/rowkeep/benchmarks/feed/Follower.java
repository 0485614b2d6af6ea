package dev.rowkeep.benchmarks.feed;

/** Somebody who follows a store's log until it is closed. */
interface Follower extends AutoCloseable {
    /** What has reached it. */
    Arrivals arrivals();
}
