package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import org.jspecify.annotations.Nullable;

/** Who commits, why, as part of what, as which request, how long after a user, and under which lease; no guard is 0. */
record Writer(
        Author author,
        @Nullable String reason,
        @Nullable String correlationId,
        @Nullable String requestId,
        long guardMicros,
        @Nullable Fence fence) {
    /** A writer without a request. */
    Writer(Author author, @Nullable String reason, @Nullable String correlationId) {
        this(author, reason, correlationId, null, 0, null);
    }

    Writer because(String why) {
        return new Writer(author, why, correlationId, requestId, guardMicros, fence);
    }

    Writer correlatedBy(String correlation) {
        return new Writer(author, reason, correlation, requestId, guardMicros, fence);
    }

    Writer forRequest(String request) {
        return new Writer(author, reason, correlationId, request, guardMicros, fence);
    }

    Writer guarded(long micros) {
        return new Writer(author, reason, correlationId, requestId, micros, fence);
    }

    Writer fencedBy(Fence newFence) {
        return new Writer(author, reason, correlationId, requestId, guardMicros, newFence);
    }
}
