package dev.rowkeep.log;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All commits in order, append-only, gap-free and chained by hashes. Safe for use by several threads.
 *
 * <p>The chain makes tampering evident <em>against an anchor</em>: whoever can rewrite the whole file can also rewrite the whole
 * chain, so keep an {@link Anchor} elsewhere and verify against it.
 */
public interface ChangeLog {
    /** The place before the first commit that the log holds: its oldest place, which retention moves. */
    Position start();

    /** The place of the newest durable commit. */
    Position head();

    /** The newest commit's place and hash, to be kept elsewhere. */
    Anchor anchor();

    /**
     * The commits after {@code after} in order, at most {@code most} of them; none if there are none yet.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     * @throws UnknownPositionException if its commit was lost when another primary took the log over
     * @throws HistoryDroppedException if the log begins later
     */
    List<Commit> read(Position after, int most);

    /**
     * What {@code filter} wants of the commits after {@code after}, at most {@code most} commits. Times bound what is read: the log is
     * entered at {@link LogFilter#from()}, not searched from its start.
     *
     * <p>Bounded: at most {@value LogPage#REACH} commits are looked at for one page, so a page may hold nothing although there is more. Go
     * on with {@code read(page.upTo(), filter, most)} until {@link LogPage#isLast()}.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head, or {@code most} is below 1
     * @throws HistoryDroppedException if the log begins later
     */
    LogPage read(Position after, LogFilter filter, int most);

    /**
     * Writes what the log says into files below {@code folder}, on every storage.
     *
     * @throws IllegalArgumentException if it is not a folder that is there
     */
    LogExport exportTo(Path folder);

    /**
     * The durable commits after {@code after} in the form in which they travel to a {@link dev.rowkeep.Replica}; empty if there are none.
     *
     * @param most the most commits; fewer if they have many bytes, but one at least
     * @throws IllegalArgumentException if the position is of another log, or after the head
     * @throws UnknownPositionException if its commit was lost when another primary took the log over
     * @throws HistoryDroppedException if the log begins later: a replica then begins from a snapshot
     */
    Optional<LogSegment> ship(Position after, int most);

    /**
     * Takes note that a replica has everything up to {@code through}, durably: what {@link dev.rowkeep.Replica#apply} returned. Where the handle was
     * opened with {@link dev.rowkeep.store.KeepOptions#confirmedWithin}, the writes up to there are answered now; else nothing waits for it.
     * Which of several replicas confirms makes no difference.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     * @throws UnknownPositionException if its commit was lost when another primary took the log over
     */
    void confirm(Position through);

    /**
     * Waits until reads of this handle see the commit at {@code position}: with the position of a write, what is read afterwards from
     * a replica, or in another process, has that write in it.
     *
     * @return false if it was not there when {@code timeout} had passed, or cannot come any more because this log has another commit of its number,
     *     of an earlier epoch
     * @throws IllegalArgumentException if the position is of another log
     * @throws UnknownPositionException if its commit was lost when another primary took the log over
     * @throws dev.rowkeep.error.ClosedException if the handle is closed, also while this waits
     */
    boolean awaitPosition(Position position, Duration timeout) throws InterruptedException;

    /**
     * Follows the log: first what is there after {@code after}, then what comes, in order, each at least once, without a gap.
     * The listener runs on a thread of its own subscription; a slow one falls behind without slowing anybody.
     *
     * @throws IllegalArgumentException if the position is of another log, or after the head
     * @throws HistoryDroppedException if the log begins later; where it is cut past a listener that is behind, the subscription ends with this
     */
    Subscription subscribe(Position after, LogFilter filter, CommitListener listener);

    /**
     * Checks the chain, the current rows against the folded log, and the storage's own structure. Reads everything. Where the log begins later, what
     * was there before its start and is unchanged since is taken for granted.
     */
    Verification verify();

    /**
     * As {@link #verify()}, and that the log still holds the commit of {@code anchor} with its hash.
     *
     * @throws HistoryDroppedException if the anchor is of a place before the log's start
     */
    Verification verify(Anchor anchor);
}
