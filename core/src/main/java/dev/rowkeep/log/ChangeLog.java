package dev.rowkeep.log;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import java.util.List;

/**
 * All commits in order, append-only, gap-free and chained by hashes. Safe for use by several threads.
 *
 * <p>The chain makes tampering evident <em>against an anchor</em>: whoever can rewrite the whole file can also rewrite the whole
 * chain, so keep an {@link Anchor} elsewhere and verify against it.
 */
public interface ChangeLog {
    /** The place before the first commit. */
    Position start();

    /** The place of the newest durable commit. */
    Position head();

    /** The newest commit's place and hash, to be kept elsewhere. */
    Anchor anchor();

    /**
     * The commits after {@code after} in order, at most {@code most} of them; none if there are none yet.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     */
    List<Commit> read(Position after, int most);

    /**
     * Follows the log: first what is there after {@code after}, then what comes, in order, each at least once, without a gap.
     * The listener runs on a thread of its own subscription; a slow one falls behind without slowing anybody.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     */
    Subscription subscribe(Position after, LogFilter filter, CommitListener listener);

    /** Checks the chain, the current rows against the folded log, and the storage's own structure. Reads everything. */
    Verification verify();

    /** As {@link #verify()}, and that the log still holds the commit of {@code anchor} with its hash. */
    Verification verify(Anchor anchor);
}
