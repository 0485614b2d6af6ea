package dev.rowkeep.store;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.Leases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who writes, why, and as part of what. Immutable and safe for use by several threads. */
public interface Session {
    /** The longest reason in characters. */
    int MAX_REASON_LENGTH = 2_000;

    /** The longest request id in characters. */
    int MAX_REQUEST_ID_LENGTH = 200;

    /** Who. */
    Author author();

    /** Why, as it goes into the log. */
    Optional<String> reason();

    /** What ties the commits to other work, as it goes into the log. */
    Optional<String> correlationId();

    /** The same writer with a reason. */
    Session because(String reason);

    /** The same writer with a correlation id. */
    Session correlatedBy(String correlationId);

    /** The id of the one write that this session is for, if it is for one. */
    Optional<String> requestId();

    /**
     * The same writer for one write under an id of the caller's, an idempotency key: a UUID, a message's id, a file's name. However
     * often that write is sent, by whichever threads and processes, before and after a crash, it takes effect once, and every
     * caller gets the first outcome: a {@code Duplicate} from {@code apply}, {@code applyAsync} and {@link #commit}, the first
     * record or exception from the verbs that throw.
     *
     * <p>The id belongs to the write's author and content in canonical form; of an update by closure, to its author, store and key,
     * so that what the closure does must follow from the id. Reason and correlation id do not count.
     *
     * <p>Kept is what was decided on the store's state, in the commit that carries it out: written, merged, unchanged, conflict,
     * rejection. What never came to a decision leaves the id free: values that break a rule by themselves, an exception of the
     * caller's code, lost races, interrupts, failures of the storage. An outcome is kept at least as long as
     * {@link KeepOptions#requestsKept} says.
     *
     * <p>Every write of the session throws {@link dev.rowkeep.error.RequestReusedException} if the id was used for another one.
     *
     * @throws IllegalArgumentException if the id is blank, longer than {@value #MAX_REQUEST_ID_LENGTH} characters, or holds a control
     *     character or half of a surrogate pair
     */
    Session forRequest(String requestId);

    /**
     * The same writer, for a job: none of its writes lands on a record that a user has touched less than {@code time} ago. Where
     * one would, nothing is written: {@code apply}, {@code applyAsync} and {@link #commit} say {@code Deferred}, the verbs that throw
     * throw {@link dev.rowkeep.edit.DeferredException}. An edit with a guard of its own, by
     * {@link Edit#unlessTouchedWithin(Duration)}, waits for the longer of the two. What is put off leaves a request's id free.
     *
     * @param time one microsecond to 365 days; finer parts are left out
     * @throws IllegalArgumentException if it is out of bounds
     */
    Session unlessTouchedWithin(Duration time);

    /**
     * The same writer under a lease: its writes land only while that is held, which is checked inside each commit. Where it has
     * expired, was released, or another holds it by now, every write of the session, transactions included, throws {@link
     * dev.rowkeep.lease.LeaseLostException}, and nothing is written. A request that was decided before is answered all the same.
     */
    Session fencedBy(Lease lease);

    /** The leases of the storage, to acquire as this author; the session's request id, guard and lease do not count for that. */
    Leases leases();

    /**
     * Commits edits over any records and stores: all of them in one commit, or none. Each record may be edited once. Blocks
     * until the outcome is durable.
     *
     * @throws IllegalArgumentException if there are no edits, two of one record, or one that stands on nothing although it must
     */
    CommitResult commit(List<? extends Edit<?, ?>> edits);

    /**
     * Runs {@code body} as a serializable transaction over any records and stores, and waits until it has landed: the outcome is as
     * if it alone had run, at one moment between the call and the return.
     *
     * <p>All reads are as of one commit. Writes are kept back; when {@code body} returns, everything that it has read, conditions of
     * queries included, is compared with what others have changed since, inside the commit. Where they touch, nothing is written and
     * {@code body} runs again on a new state, as {@link RetryPolicy} says; so it may run several times and must have no side effects.
     * A transaction that writes nothing never fails for that. It is written as one commit, and each record gets one new version.
     *
     * <p>{@code body} must not call the library but through its argument, and holds nobody up while it runs. What it throws ends the
     * transaction with nothing written, and is passed on.
     *
     * @return what {@code body} returned, and the commit
     * @throws IllegalStateException if this session has a request id or a guard; transactions take neither
     * @throws dev.rowkeep.error.RetriesExhaustedException if others came first on every attempt; nothing was written
     * @throws dev.rowkeep.error.TransactionLimitException if {@code body} takes too long, reads or writes too much (see {@link
     *     KeepOptions#transactions})
     * @throws dev.rowkeep.edit.RejectedException if a unique value is taken
     * @throws dev.rowkeep.error.UnknownOutcomeException if nobody knows whether it landed
     */
    <R extends @Nullable Object> TransactionResult<R> inTransaction(Function<? super Transaction, ? extends R> body);

    /** A new, empty draft, which will be saved as this session. */
    Draft draft();
}
