package dev.rowkeep.retention;

/**
 * How far a run of retention is.
 *
 * @param dropped how many commits it has dropped
 * @param total how many it is to drop; when these are equal, it drops contents of changes that stay, and then gives back space
 * @param emptied of how many changes it has dropped the contents
 */
public record RetentionProgress(long dropped, long total, long emptied) {}
