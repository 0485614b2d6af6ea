package dev.rowkeep.retention;

import dev.rowkeep.commit.Position;
import java.util.function.Predicate;

/**
 * Drops what is older than a policy keeps, as one writer. Safe for use by several threads.
 *
 * <p>Dropped is, where the store that keeps the longest allows it, the oldest part of the log: who changed what in it, and so the versions and the places before it. Records stay as they are, and so
 * does everything that was within the policy's time: from the oldest place on, views, histories, undo and the chain's verification are what they
 * were. What is asked for from before fails with {@link dev.rowkeep.log.HistoryDroppedException}, which names the oldest place. Of a version that was
 * there at the oldest place, and whose commit was dropped, the content is known, and not who made it: the system's {@code unknown}.
 *
 * <p>Of what stays, the contents of changes are dropped that a store of its own rule keeps less long, or that are not among the newest of their record: {@link
 * dev.rowkeep.commit.Change#contents} says so, and the rest of the change stays. A record is told of from the newest version on whose contents were
 * dropped, and a store as a whole from the newest such version of any of its records on.
 *
 * <p>More is kept than the policy asks for where something else needs it:
 *
 * <ul>
 *   <li>A report is pinned by a named snapshot ({@code keep.snapshots()}) of its position: its file holds all that was there. Where it has none, or it does not
 *       verify, the log is kept from there on.
 *   <li>What requests were answered is answered again for as long as {@link dev.rowkeep.store.KeepOptions#requestsKept} says.
 * </ul>
 *
 * <p>A replica or a subscription that has not got as far as the oldest place cannot go on, nor can a replica that lacks changes whose contents were
 * dropped: a replica begins from a snapshot then.
 */
public interface Retention {
    /** The place that the log would begin at after a run; nothing is dropped. */
    Position preview(RetentionPolicy policy);

    /** Carries out a policy to its end; see {@link #apply(RetentionPolicy, Predicate)}. */
    RetentionResult apply(RetentionPolicy policy);

    /**
     * Carries out a policy, in steps of at most a thousand commits or contents of changes, one of which at a time writers wait for: a commit says in the store
     * {@code rowkeep_retention} what is to go and who wants it, then it is dropped, then space is given back. Each step is durable, whole or not at all. A
     * run that was stopped, or ended by a crash, is gone on with by the next. Blocks until it is done.
     *
     * @param goesOn asked after each step, on the calling thread; the run stops where it says no. It must not call the library
     * @throws IllegalStateException if the storage is open for reading only
     * @throws UnsupportedOperationException if the storage keeps its whole log, or the policy wants contents dropped and it cannot
     * @throws dev.rowkeep.spi.StorageException if a step failed; those before it are done
     */
    RetentionResult apply(RetentionPolicy policy, Predicate<? super RetentionProgress> goesOn);
}
