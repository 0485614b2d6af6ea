package dev.rowkeep.spi;

import java.util.List;

/**
 * What a storage must write in one transaction: the commits to append and the records' steps. Empty means: write nothing.
 *
 * @param commits in order; their sequences follow the head
 * @param writes one per record
 */
public record CommitPlan(List<LoggedCommit> commits, List<RowWrite> writes) {
    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return commits.isEmpty();
    }
}
