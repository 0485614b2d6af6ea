package dev.rowkeep.commit;

import java.time.Instant;
import java.util.Optional;

/**
 * Who committed, when, where in the log, and why.
 *
 * @param position the place in the log
 * @param time when, never before the previous commit's time
 * @param author who
 * @param reason why, where the writer said so
 * @param correlationId what ties it to other work, where the writer said so
 */
public record CommitHeader(
        Position position, Instant time, Author author, Optional<String> reason, Optional<String> correlationId) {}
