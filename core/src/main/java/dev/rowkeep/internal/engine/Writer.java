package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import org.jspecify.annotations.Nullable;

/** Who commits, why, as part of what, as which request, and how long after a user; no guard is 0. */
record Writer(
        Author author,
        @Nullable String reason,
        @Nullable String correlationId,
        @Nullable String requestId,
        long guardMicros) {
    /** A writer without a request. */
    Writer(Author author, @Nullable String reason, @Nullable String correlationId) {
        this(author, reason, correlationId, null, 0);
    }

    Writer because(String why) {
        return new Writer(author, why, correlationId, requestId, guardMicros);
    }

    Writer correlatedBy(String correlation) {
        return new Writer(author, reason, correlation, requestId, guardMicros);
    }

    Writer forRequest(String request) {
        return new Writer(author, reason, correlationId, request, guardMicros);
    }

    Writer guarded(long micros) {
        return new Writer(author, reason, correlationId, requestId, micros);
    }
}
