package dev.rowkeep.store;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who writes, why, and as part of what. Immutable and safe for use by several threads. */
public interface Session {
    /** The longest reason in characters. */
    int MAX_REASON_LENGTH = 2_000;

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
