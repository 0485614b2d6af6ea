package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.log.ChangeLog;
import dev.rowkeep.log.CommitListener;
import dev.rowkeep.log.LogExport;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.LogPage;
import dev.rowkeep.log.LogSegment;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.log.UnknownPositionException;
import dev.rowkeep.log.Verification;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The change log of an open handle. */
final class EngineLog implements ChangeLog {
    private final Storage storage;
    private final LogFeed feed;
    private final LogDecoder decoder;
    private final FilteredLog filtered;
    private final Shipping shipping;
    private final Confirmations confirmations;
    private final KeptLog kept;
    private final LongFunction<Position> positions;
    private final Entry entry;
    private final Verifier verifier;
    private final Set<LiveSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    EngineLog(
            Storage storage,
            LogFeed feed,
            LogDecoder decoder,
            FilteredLog filtered,
            Shipping shipping,
            Confirmations confirmations,
            KeptLog kept,
            LongFunction<Position> positions,
            Entry entry,
            Verifier verifier) {
        this.storage = storage;
        this.feed = feed;
        this.decoder = decoder;
        this.filtered = filtered;
        this.shipping = shipping;
        this.confirmations = confirmations;
        this.kept = kept;
        this.positions = positions;
        this.entry = entry;
        this.verifier = verifier;
    }

    @Override
    public Position start() {
        return kept.oldest();
    }

    @Override
    public Position head() {
        return positions.apply(feed.newest());
    }

    @Override
    public Anchor anchor() {
        entry.check("anchor");
        Head head = storage.head();
        return new Anchor(positions.apply(head.sequence()), ChainHash.of(head.hash()));
    }

    @Override
    public List<Commit> read(Position after, int most) {
        entry.check("read");
        requireSome(most);
        long place = sequence(after);
        return kept.reading(place, () -> storage.commitsAfter(place, most)).stream()
                .map(decoder::commit)
                .toList();
    }

    @Override
    public LogPage read(Position after, LogFilter filter, int most) {
        entry.check("read");
        requireSome(most);
        long place = sequence(after);
        return kept.reading(place, () -> filtered.page(filter, filtered.stretch(filter, place, feed.newest()), most));
    }

    private static void requireSome(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("Ask for at least one commit, got " + most + ".");
        }
    }

    @Override
    public LogExport exportTo(Path folder) {
        entry.check("exportTo");
        return EngineLogExport.of(this, ExportFolder.at(folder));
    }

    @Override
    public Optional<LogSegment> ship(Position after, int most) {
        entry.check("ship");
        requireSome(most);
        long place = sequence(after);
        return kept.reading(place, () -> shipping.after(place, most));
    }

    @Override
    public void confirm(Position through) {
        entry.requireOpen();
        confirmations.confirm(sequence(through));
    }

    /** Gives the commits after the replica's newest to it, and goes on with what comes. */
    Subscription feed(Follower replica) {
        return started(replica.position(), new ReplicaDelivery(shipping, confirmations, kept, replica));
    }

    @Override
    public boolean awaitPosition(Position position, Duration timeout) throws InterruptedException {
        entry.check("awaitPosition");
        positions.apply(0).requireSameLog(position);
        if (!feed.await(position.sequence(), timeout)) {
            entry.requireOpen();
            return false;
        }
        Position here = positions.apply(position.sequence());
        if (here.epoch() > position.epoch()) {
            throw new UnknownPositionException(position, head());
        }
        return here.epoch() == position.epoch();
    }

    @Override
    public Subscription subscribe(Position after, LogFilter filter, CommitListener listener) {
        entry.check("subscribe");
        return started(after, new CommitDelivery(storage, feed, kept, decoder, filter, listener));
    }

    private Subscription started(Position after, LiveSubscription.Delivery delivery) {
        long place = sequence(after);
        kept.require(place);
        LiveSubscription subscription = new LiveSubscription(feed, positions, place, delivery);
        subscriptions.removeIf(LiveSubscription::hasEnded);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    @Override
    public Verification verify() {
        return verify(null);
    }

    @Override
    public Verification verify(@Nullable Anchor anchor) {
        entry.check("verify");
        if (anchor != null) {
            positions.apply(0).requireSameLog(anchor.position());
            kept.require(anchor.position().sequence());
        }
        return verifier.verify(anchor);
    }

    void close() {
        feed.close();
        subscriptions.forEach(LiveSubscription::close);
    }

    FilteredLog filtered() {
        return filtered;
    }

    KeptLog kept() {
        return kept;
    }

    Entry entry() {
        return entry;
    }

    /**
     * The sequence of a place.
     *
     * @throws IllegalArgumentException if it is of another log, or after the head
     */
    long sequence(Position position) {
        positions.apply(0).requireSameLog(position);
        long head = feed.head();
        if (position.sequence() > head) {
            // A commit may be shipped, and confirmed, in the moment before it is announced.
            head = Math.max(feed.newest(), storage.head().sequence());
        }
        if (position.sequence() > head) {
            throw new IllegalArgumentException("Position " + position + " is after the log's head, which is at " + head
                    + ". Give a position that this log has given.");
        }
        if (position.epoch() < positions.apply(position.sequence()).epoch()) {
            throw new UnknownPositionException(position, head());
        }
        return position.sequence();
    }
}
