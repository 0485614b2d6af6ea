package dev.rowkeep.observe;

import dev.rowkeep.edit.Conflict;
import java.time.Duration;
import java.util.List;

/** Something that happened inside the library. Events carry names and numbers, never keys or cell values. */
public sealed interface KeepEvent {
    /**
     * A batch of commits became durable.
     *
     * @param commits how many commits
     * @param changes how many changes in them
     * @param duration from taking the batch to its being durable
     * @param waiting how many writes were waiting when it was
     */
    record BatchCommitted(int commits, int changes, Duration duration, int waiting) implements KeepEvent {}

    /**
     * An edit was answered with a conflict.
     *
     * @param store the store's name
     * @param reason what stood in the way
     * @param columns the columns in conflict
     */
    record ConflictFound(String store, Conflict.Reason reason, List<String> columns) implements KeepEvent {}

    /**
     * An edit was merged with what others had written.
     *
     * @param store the store's name
     * @param columns the columns that both had changed
     */
    record EditMerged(String store, List<String> columns) implements KeepEvent {}

    /**
     * A write lost a race and is about to be run again.
     *
     * @param store the store's name; {@code transaction} for a transaction
     * @param attempt which attempt lost, from 1
     * @param delay how long it will wait
     */
    record WriteRetried(String store, int attempt, Duration delay) implements KeepEvent {}

    /**
     * A value was rejected.
     *
     * @param store the store's name
     * @param column the column's or check's name
     * @param rule the rule that it broke
     */
    record ValueRejected(String store, String column, String rule) implements KeepEvent {}

    /**
     * A record was read from the cache.
     *
     * @param store the store's name
     * @param age how long ago the record's version was made
     */
    record CacheHit(String store, Duration age) implements KeepEvent {}

    /**
     * A record was not in the cache and was read from the storage.
     *
     * @param store the store's name
     * @param duration how long that took
     */
    record CacheMiss(String store, Duration duration) implements KeepEvent {}

    /**
     * A call to the storage took longer than {@link dev.rowkeep.store.KeepOptions#slowCall()}.
     *
     * @param call which call
     * @param duration how long it took
     */
    record SlowCall(String call, Duration duration) implements KeepEvent {}

    /**
     * A snapshot was made, whether somebody asked for it or a policy.
     *
     * @param snapshot its name
     * @param records how many records of the application's stores are in it
     * @param duration how long that took
     */
    record SnapshotMade(String snapshot, long records, Duration duration) implements KeepEvent {}

    /**
     * A policy could not make a snapshot, or not drop an old one. It tries again when the next one is due.
     *
     * @param cause why
     */
    record SnapshotFailed(Throwable cause) implements KeepEvent {}

    /**
     * A snapshot's file is missing or damaged, and was not used; the log was read instead.
     *
     * @param snapshot its name
     * @param problem what is wrong, with the file and the place
     */
    record SnapshotUnusable(String snapshot, String problem) implements KeepEvent {}
}
