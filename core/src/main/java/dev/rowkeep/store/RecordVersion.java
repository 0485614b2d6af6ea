package dev.rowkeep.store;

import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.CommitHeader;

/**
 * One version of a record: what changed, and in which commit.
 *
 * @param change the change that made it
 * @param commit who, when, where, why
 */
public record RecordVersion(Change change, CommitHeader commit) {
    /** The version. */
    public long version() {
        return change.version();
    }
}
