package dev.rowkeep.log;

import java.time.Duration;

/**
 * How far a replica is behind its primary, as of the newest segment that it was given.
 *
 * @param commits how many commits the primary had that the replica has not
 * @param time between the newest commit of the replica and that of the primary, by their times of commit; zero if there are no such commits
 */
public record ReplicaLag(long commits, Duration time) {}
