package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.engine.SnapshotRecords.Kept;
import dev.rowkeep.internal.query.ImageTable;
import dev.rowkeep.log.UnknownPositionException;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.ReadView;
import dev.rowkeep.store.ViewTooLargeException;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Whole stores as of places in the log, made from whichever of the log's start, the present and the snapshots has the fewest commits on the way. */
final class PastViews {
    /** From how many commits on a thread of its own reads them: for fewer, reading them takes hardly longer than to begin one. */
    private static final int WORTH_A_THREAD = 1_000;

    private final Storage storage;
    private final LongFunction<Position> positions;
    private final Entry entry;
    private final SnapshotSource snapshots;
    private final KeptLog kept;

    PastViews(Storage storage, LongFunction<Position> positions, Entry entry, SnapshotSource snapshots, KeptLog kept) {
        this.kept = kept;
        this.snapshots = snapshots;
        this.storage = storage;
        this.positions = positions;
        this.entry = entry;
    }

    <K, T> ReadView<K, T> at(StoreState<K, T> store, Position position) {
        requireKnown(position);
        return view(store, position.sequence());
    }

    /** Checks as {@link #requireKnown}, and that the log still holds what came after {@code position}. */
    void requireHeld(Position position) {
        requireKnown(position);
        kept.require(position.sequence());
    }

    /** Checks as {@link #requireHeld(Position)}, and that the store is known as a whole as of {@code position}. */
    void requireHeld(StoreLayout layout, Position position) {
        requireKnown(position);
        kept.require(layout, position.sequence());
    }

    <K, T> ReadView<K, T> at(StoreState<K, T> store, Instant time) {
        return view(store, heldAt(time));
    }

    /**
     * The newest commit made at or before {@code time}; 0 if there is none.
     *
     * @throws dev.rowkeep.log.HistoryDroppedException if the log does not tell any more
     */
    long heldAt(Instant time) {
        long sequence = sequenceAt(time);
        if (kept.isDropped(sequence)) {
            throw kept.dropped("what was committed by " + time);
        }
        return sequence;
    }

    /** The newest commit that the log holds, or begins behind, made at or before {@code time}; 0 if there is none. */
    long sequenceAt(Instant time) {
        long seconds = time.getEpochSecond();
        boolean fits = Math.abs(seconds / 1_000) < Long.MAX_VALUE / 1_000_000_000L;
        return storage.sequenceAt(
                fits ? seconds * 1_000_000 + time.getNano() / 1_000 : seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }

    /**
     * Checks that the log has {@code position}.
     *
     * @throws UnknownPositionException if it has not
     */
    void requireKnown(Position position) {
        Position head = positions.apply(storage.head().sequence());
        boolean isKnown = positions.apply(position.sequence()).equals(position)
                && (position.sequence() <= head.sequence() || isThere(position.sequence()));
        if (!isKnown) {
            throw new UnknownPositionException(position, head);
        }
    }

    /** Whether reads see the commit, which they may do a moment before it is the storage's head. */
    private boolean isThere(long sequence) {
        return storage.commitAt(sequence).isPresent();
    }

    private <K, T> ReadView<K, T> view(StoreState<K, T> store, long sequence) {
        return new PastView<>(
                store, new ImageTable(images(store.layout(), sequence)), positions.apply(sequence), entry);
    }

    private NavigableMap<Object, Image> images(StoreLayout layout, long sequence) {
        return sequence < kept.start(layout)
                ? imagesOfSnapshot(layout, sequence)
                : kept.reading(layout, sequence, () -> imagesNear(layout, sequence));
    }

    /** What a snapshot at a place holds that the log does not reach any more. */
    private NavigableMap<Object, Image> imagesOfSnapshot(StoreLayout layout, long sequence) {
        for (Kept snapshot : snapshots.at(sequence)) {
            NavigableMap<Object, Image> images = new TreeMap<>(layout.key().type()::compare);
            if (isRead(snapshot, layout, images)) {
                return images;
            }
        }
        throw kept.dropped(layout, "store " + layout.name() + " as of commit " + sequence);
    }

    private NavigableMap<Object, Image> imagesNear(StoreLayout layout, long sequence) {
        long head = storage.head().sequence();
        long oldest = kept.start(layout);
        boolean isWhole = oldest == 0;
        long fewest = isWhole ? Math.min(sequence, head - sequence) : head - sequence;
        for (Kept near : snapshots.near(sequence, fewest)) {
            if (near.sequence() < oldest) {
                continue;
            }
            NavigableMap<Object, Image> start = new TreeMap<>(layout.key().type()::compare);
            if (isRead(near, layout, start)) {
                return near.sequence() <= sequence
                        ? new RolledForward(storage, layout, ReadView.MOST_RECORDS, start)
                                .from(near.sequence(), sequence)
                        : new RolledBack(storage, layout, ReadView.MOST_RECORDS, start).from(near.sequence(), sequence);
            }
        }
        if (isWhole && sequence < head - sequence) {
            return new RolledForward(storage, layout, ReadView.MOST_RECORDS).upTo(sequence);
        }
        RolledBack back = new RolledBack(storage, layout, ReadView.MOST_RECORDS);
        return head - sequence < WORTH_A_THREAD ? back.to(sequence) : back.toWithTwo(sequence);
    }

    /** Takes in a store's live records of a snapshot; false if it has too many of them or its file cannot be used: then the log is read. */
    private boolean isRead(Kept kept, StoreLayout layout, NavigableMap<Object, Image> start) {
        try {
            return snapshots.read(kept, layout, image -> {
                if (image.isLive()) {
                    start.put(image.key(), image);
                }
                if (start.size() > ReadView.MOST_RECORDS) {
                    throw new ViewTooLargeException(layout.name(), ReadView.MOST_RECORDS);
                }
            });
        } catch (ViewTooLargeException e) {
            return false;
        }
    }
}
