package dev.rowkeep.store;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import java.util.List;
import java.util.Optional;

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
}
