package dev.rowkeep.retention;

/**
 * How far a run of retention is.
 *
 * @param dropped how many commits it has dropped
 * @param total how many it is to drop; when these are equal, it gives back space
 */
public record RetentionProgress(long dropped, long total) {}
