package dev.rowkeep.commit;

import java.util.List;

/**
 * One atomic set of changes, as the log holds it.
 *
 * @param header who, when, where, why
 * @param changes what, in the order in which it was asked for
 * @param hash the log's hash up to here
 */
public record Commit(CommitHeader header, List<Change> changes, ChainHash hash) {
    /** Copies the changes. */
    public Commit {
        changes = List.copyOf(changes);
    }

    /** The place in the log. */
    public Position position() {
        return header.position();
    }
}
