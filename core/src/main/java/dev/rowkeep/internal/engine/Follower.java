package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.codec.HashChain;
import dev.rowkeep.internal.codec.Segment;
import dev.rowkeep.internal.codec.SegmentCodec;
import dev.rowkeep.log.ReplicaLag;
import dev.rowkeep.log.ReplicationException;
import dev.rowkeep.log.ReplicationException.Reason;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import dev.rowkeep.store.KeepOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes segments of another log into a storage of its own, which so becomes the same log. One segment at a time; each part of it that is written
 * is whole commits, and what is there already is left out, so that a segment may be taken again after whatever failure.
 */
public final class Follower {
    /** How many changes are written in one transaction, unless a single commit has more. */
    private static final int CHANGES_AT_ONCE = 4096;

    private static final int MAX_TRIES = 3;

    private final Engine engine;
    private final Storage storage;
    private final FollowedLayouts layouts;
    private final long requestRetentionMicros;
    private volatile Head primary;

    private Follower(Engine engine, KeepOptions options) {
        this.requestRetentionMicros = TimeUnit.MICROSECONDS.convert(options.requestsKept());
        this.engine = engine;
        this.storage = engine.storage();
        this.layouts = new FollowedLayouts(engine);
        this.primary = storage.head();
    }

    /**
     * Opens a storage that holds the log of which {@code ofLog} is a position, or nothing yet.
     *
     * @throws IllegalArgumentException if it holds another log, or other processes may write to it
     */
    public static Follower open(StorageProvider provider, Position ofLog, KeepOptions options) {
        return open(provider, ofLog.incarnation(), storage -> {}, options);
    }

    /**
     * As {@link #open(StorageProvider, Position, KeepOptions)}, of the log that a snapshot's file is of; what holds nothing yet begins with it.
     *
     * @throws dev.rowkeep.snapshot.SnapshotException if the file is needed and cannot be used
     */
    public static Follower open(StorageProvider provider, Path snapshot, KeepOptions options) {
        Bootstrap bootstrap = Bootstrap.from(snapshot);
        return open(provider, bootstrap.incarnation(), bootstrap::into, options);
    }

    private static Follower open(
            StorageProvider provider, UUID incarnation, Consumer<Storage> beginning, KeepOptions options) {
        Storage storage = provider.openAs(incarnation);
        try {
            requireFit(storage, incarnation);
            beginning.accept(storage);
            Follower follower = new Follower(Engine.over(storage, StorageProvider.Access.READ_ONLY, options), options);
            follower.engine.erasures().follow();
            return follower;
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    private static void requireFit(Storage storage, UUID incarnation) {
        if (!storage.incarnation().equals(incarnation)) {
            throw new IllegalArgumentException("The storage holds the log " + storage.incarnation()
                    + ", and is to be a replica of " + incarnation + ". Give a storage of its own to each.");
        }
        if (storage.capabilities().sharing() == Capabilities.Sharing.SEVERAL_PROCESSES) {
            throw new IllegalArgumentException(
                    "Other processes may write to this storage, and a replica takes nothing but"
                            + " its primary's commits. Open it for this process alone, as with SqliteStorage.at(path).exclusive().");
        }
    }

    /** The handle for reading what was taken. */
    public Engine engine() {
        return engine;
    }

    /** The place of the newest commit that was taken. */
    public Position position() {
        return engine.position(storage.head().sequence());
    }

    /** How far this log is behind the primary's, as of the newest segment. */
    public ReplicaLag lag() {
        Head here = storage.head();
        Head there = primary;
        return there.sequence() <= here.sequence()
                ? new ReplicaLag(0, Duration.ZERO)
                : new ReplicaLag(
                        there.sequence() - here.sequence(),
                        Duration.of(there.timeMicros() - here.timeMicros(), ChronoUnit.MICROS));
    }

    /**
     * Takes a segment in; durable when it returns.
     *
     * @throws ReplicationException if it is not taken, saying why
     * @throws StorageException if it could not be written; a part of it may have been
     */
    public synchronized Position take(byte[] bytes) {
        Segment segment = decoded(bytes);
        requireOurs(segment);
        requireChained(segment);
        layouts.before(segment);
        int from = 0;
        while (from < segment.commits().size()) {
            int to = from + 1;
            int changes = segment.commits().get(from).changes().size();
            while (to < segment.commits().size()
                    && changes < CHANGES_AT_ONCE
                    && !erases(segment.commits().get(to - 1))) {
                changes += segment.commits().get(to).changes().size();
                to++;
            }
            write(segment, segment.commits().subList(from, to));
            if (erases(segment.commits().get(to - 1))) {
                engine.erasures().follow();
            }
            from = to;
        }
        primary = segment.head().sequence() > primary.sequence() ? segment.head() : primary;
        layouts.after(segment, storage.head().sequence());
        if (beginsEpoch(segment)) {
            engine.refreshEpochs();
        }
        return position();
    }

    /** Whether a commit says that something is erased, which is done before any later one is taken: one of these says that it is done. */
    private boolean erases(LoggedCommit commit) {
        int erasures =
                engine.stores().layoutOf(Erasures.SCHEMA).map(StoreLayout::id).orElse(0);
        return erasures > 0
                && commit.changes().stream()
                        .anyMatch(change -> change.storeId() == erasures && change.kind() == ChangeKind.INSERT);
    }

    private boolean beginsEpoch(Segment segment) {
        int epochs =
                engine.stores().layoutOf(Epochs.SCHEMA).map(StoreLayout::id).orElse(0);
        return epochs > 0
                && segment.commits().stream()
                        .flatMap(commit -> commit.changes().stream())
                        .anyMatch(change -> change.storeId() == epochs);
    }

    /** Writes the first commit of a new epoch. The handle must be one for writing. */
    public static void beginEpoch(Engine engine, Author by) {
        long last = engine.storage().head().sequence();
        long next = engine.position(last).epoch() + 1;
        engine.store(Epochs.SCHEMA)
                .as(engine.session(by).because("promoted: epoch " + next + " begins"))
                .insert(Epochs.start(next, last));
        engine.refreshEpochs();
    }

    private Segment decoded(byte[] bytes) {
        try {
            return SegmentCodec.decode(bytes);
        } catch (StorageException e) {
            throw new ReplicationException(Reason.DAMAGED, position(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireOurs(Segment segment) {
        Position here = position();
        if (!segment.incarnation().equals(here.incarnation())) {
            throw new ReplicationException(
                    Reason.OTHER_LOG,
                    here,
                    "The segment is of the log " + segment.incarnation() + ", this is a replica of "
                            + here.incarnation() + ". Send each replica the segments of its own log.");
        }
        if (segment.epoch() < here.epoch()) {
            throw new ReplicationException(
                    Reason.OLD_EPOCH,
                    here,
                    "The segment is from the primary of epoch " + segment.epoch() + ", and this replica is in epoch "
                            + here.epoch()
                            + ": another primary has taken over. Stop the old one; what it wrote since is not part of the log.");
        }
        if (segment.after() > here.sequence()) {
            throw new ReplicationException(
                    Reason.GAP,
                    here,
                    "The segment begins after commit " + segment.after() + ", and this replica has the commits up to "
                            + here.sequence() + ". Ship from there.");
        }
    }

    /** That each commit's hash is that of its content and the hash before it, the first one's being that which the segment names. */
    private void requireChained(Segment segment) {
        byte[] hash = segment.hashBefore();
        for (LoggedCommit commit : segment.commits()) {
            hash = HashChain.next(hash, commit.header(), commit.changes());
            if (!Arrays.equals(hash, commit.hash())) {
                throw new ReplicationException(
                        Reason.DAMAGED,
                        position(),
                        "Commit " + commit.header().sequence()
                                + " of the segment does not have the hash that its content"
                                + " and the commit before it give. Nothing of it was taken. Verify the primary's log.");
            }
        }
    }

    private void write(Segment segment, List<LoggedCommit> part) {
        for (int attempt = 1; ; attempt++) {
            Head head = storage.head();
            requireContinued(segment, head);
            List<LoggedCommit> missing = part.stream()
                    .filter(commit -> commit.header().sequence() > head.sequence())
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            try {
                engine.replay(missing, requests(segment, missing));
                return;
            } catch (Replay.NotFollowing e) {
                throw broken(segment, String.valueOf(e.getMessage()));
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.UNKNOWN_OUTCOME) {
                    storage.recover(); // What became of it shows in the head, from which the next attempt goes on.
                }
                if (attempt == MAX_TRIES || e.kind() == StorageException.Kind.PERMANENT) {
                    throw e;
                }
            }
        }
    }

    /** The requests that were decided no later than with the last of some commits. As a primary does, this forgets two old ones for each. */
    private RequestWrites requests(Segment segment, List<LoggedCommit> commits) {
        LoggedHeader last = commits.get(commits.size() - 1).header();
        List<StoredRequest> stored = segment.requests().stream()
                .filter(request -> request.sequence() <= last.sequence())
                .toList();
        return new RequestWrites(
                stored, last.timeMicros() - requestRetentionMicros, RequestLedger.FORGOTTEN_PER_STORED * stored.size());
    }

    /** That the segment and this log hold the same commit where one of them ends. Of what was before this log's start nothing is known or taken. */
    private void requireContinued(Segment segment, Head head) {
        long end = Math.min(head.sequence(), segment.through());
        if (end < storage.start().sequence()) {
            return;
        }
        byte[] theirs = end == segment.after()
                ? segment.hashBefore()
                : segment.commits().get((int) (end - segment.after() - 1)).hash();
        byte[] ours = end == head.sequence() ? head.hash() : hashAt(end);
        if (!Arrays.equals(theirs, ours)) {
            throw broken(segment, "commit " + end + " is another one here");
        }
    }

    private byte[] hashAt(long sequence) {
        Head start = storage.start();
        return sequence == start.sequence()
                ? start.hash()
                : storage.commitAt(sequence).orElseThrow().hash();
    }

    private ReplicationException broken(Segment segment, String why) {
        return new ReplicationException(
                Reason.CHAIN_BREAK,
                position(),
                "The segment of commits " + (segment.after() + 1) + " to " + segment.through()
                        + " does not continue this replica: " + why
                        + ". The two logs have taken different ways, or one was edited. Verify both; make the replica anew.");
    }
}
