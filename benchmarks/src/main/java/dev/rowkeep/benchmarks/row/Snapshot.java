package dev.rowkeep.benchmarks.row;

/** Whether there is a snapshot near the place in the log that is asked for. */
enum Snapshot {
    /** There is none in the whole log. */
    NONE,
    /** There is one. */
    NEAR
}
