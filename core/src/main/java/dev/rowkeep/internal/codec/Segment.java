package dev.rowkeep.internal.codec;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.List;
import java.util.UUID;

/**
 * A stretch of a log as it travels to a replica. The array is shared and must never be written to.
 *
 * @param incarnation the log's identity
 * @param epoch the epoch that the sender is in
 * @param head the sender's newest commit when this was made, not before the layouts were read
 * @param layouts the sender's stores
 * @param after the sequence of the commit before the first
 * @param hashBefore the log's hash up to that, 32 bytes
 * @param commits the commits, in order
 * @param requests what is stored of requests that were decided between the commit before the first and the last, in order
 */
public record Segment(
        UUID incarnation,
        long epoch,
        Head head,
        List<StoreLayout> layouts,
        long after,
        byte[] hashBefore,
        List<LoggedCommit> commits,
        List<StoredRequest> requests) {
    /** The sequence of the last commit. */
    public long through() {
        return after + commits.size();
    }
}
