package dev.rowkeep.spi;

import dev.rowkeep.commit.Author;
import org.jspecify.annotations.Nullable;

/**
 * Who committed, when and why, as the log holds it.
 *
 * @param sequence the commit's sequence
 * @param timeMicros when, in microseconds since 1970
 * @param author who
 * @param reason why; null where nobody said
 * @param correlationId what ties it to other work; null where nobody said
 */
public record LoggedHeader(
        long sequence,
        long timeMicros,
        Author author,
        @Nullable String reason,
        @Nullable String correlationId) {}
