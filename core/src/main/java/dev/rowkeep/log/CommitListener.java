package dev.rowkeep.log;

import dev.rowkeep.commit.Commit;

/** An application's code that follows the log. */
@FunctionalInterface
public interface CommitListener {
    /**
     * Takes one commit, with only the changes that the subscription's filter wants. Called by one thread at a time. An exception
     * is logged and the same commit is delivered again after a pause, up to the subscription's limit.
     */
    void onCommit(Commit commit);
}
