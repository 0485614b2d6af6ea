package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.query.ImageTable;
import dev.rowkeep.log.UnknownPositionException;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.store.ReadView;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.function.LongFunction;

/** Whole stores as of places in the log, made from whichever of the log's ends has fewer commits on the way. */
final class PastViews {
    private final Storage storage;
    private final LongFunction<Position> positions;
    private final Entry entry;

    PastViews(Storage storage, LongFunction<Position> positions, Entry entry) {
        this.storage = storage;
        this.positions = positions;
        this.entry = entry;
    }

    <K, T> ReadView<K, T> at(StoreState<K, T> store, Position position) {
        requireKnown(position);
        return view(store, position.sequence());
    }

    <K, T> ReadView<K, T> at(StoreState<K, T> store, Instant time) {
        return view(store, sequenceAt(time));
    }

    /** The newest commit made at or before {@code time}; 0 if there is none. */
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
        long head = storage.head().sequence();
        NavigableMap<Object, Image> images = sequence < head - sequence
                ? new RolledForward(storage, store.layout(), ReadView.MOST_RECORDS).upTo(sequence)
                : new RolledBack(storage, store.layout(), ReadView.MOST_RECORDS).to(sequence);
        return new PastView<>(store, new ImageTable(images), positions.apply(sequence), entry);
    }
}
