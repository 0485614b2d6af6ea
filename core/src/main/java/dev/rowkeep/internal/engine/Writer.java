package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import org.jspecify.annotations.Nullable;

/** Who commits, why, as part of what, and as which request. */
record Writer(
        Author author,
        @Nullable String reason,
        @Nullable String correlationId,
        @Nullable String requestId) {
    /** A writer without a request. */
    Writer(Author author, @Nullable String reason, @Nullable String correlationId) {
        this(author, reason, correlationId, null);
    }

    Writer because(String why) {
        return new Writer(author, why, correlationId, requestId);
    }

    Writer correlatedBy(String correlation) {
        return new Writer(author, reason, correlation, requestId);
    }

    Writer forRequest(String request) {
        return new Writer(author, reason, correlationId, request);
    }
}
