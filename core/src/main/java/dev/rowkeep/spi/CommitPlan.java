package dev.rowkeep.spi;

import java.util.List;

/**
 * What a storage must write in one transaction: the commits to append, the records' steps and the requests that were decided. A plan
 * may have requests and no commits: it leaves the log as it is, and is as durable as any other. Empty means: write nothing.
 *
 * @param commits in order; their sequences follow the head
 * @param writes one per record
 * @param requests what to store of requests
 */
public record CommitPlan(List<LoggedCommit> commits, List<RowWrite> writes, RequestWrites requests) {
    /** A plan without requests. */
    public CommitPlan(List<LoggedCommit> commits, List<RowWrite> writes) {
        this(commits, writes, RequestWrites.none());
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return commits.isEmpty() && requests.isEmpty();
    }
}
