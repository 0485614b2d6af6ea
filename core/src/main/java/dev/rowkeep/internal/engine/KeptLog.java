package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Where the log begins, and what is said to who asks for what is from before. */
final class KeptLog {
    /** Who is named where a version is still known and the commit that made it is not. */
    static final Author UNKNOWN = Author.system("unknown");

    private final Storage storage;
    private final LongFunction<Position> positions;

    KeptLog(Storage storage, LongFunction<Position> positions) {
        this.storage = storage;
        this.positions = positions;
    }

    /** The sequence that it begins behind. */
    long start() {
        return storage.start().sequence();
    }

    /** The sequence of the oldest place as of which a store is known as a whole. */
    long start(StoreLayout layout) {
        return Math.max(start(), storage.contentsDroppedThrough(layout));
    }

    /** Its oldest place. */
    Position oldest() {
        return positions.apply(start());
    }

    /** Whether the place after the commit {@code sequence} is held no more. */
    boolean isDropped(long sequence) {
        return sequence < start();
    }

    /** Whether the commit that a change is of is held no more. */
    boolean isChangeDropped(long changeId) {
        return changeId > 0 && ChangeId.sequence(changeId) <= start();
    }

    /**
     * Checks that the log holds a place.
     *
     * @throws HistoryDroppedException if it does not
     */
    void require(long sequence) {
        if (isDropped(sequence)) {
            throw dropped("commit " + sequence);
        }
    }

    /**
     * Checks that a store is known as a whole as of a place.
     *
     * @throws HistoryDroppedException if it is not
     */
    void require(StoreLayout layout, long sequence) {
        if (sequence < start(layout)) {
            throw dropped(layout, "store " + layout.name() + " as of commit " + sequence);
        }
    }

    HistoryDroppedException dropped(String asked) {
        return new HistoryDroppedException(asked, oldest());
    }

    HistoryDroppedException dropped(StoreLayout layout, String asked) {
        return new HistoryDroppedException(asked, positions.apply(start(layout)));
    }

    /** That the contents of something were dropped, which the log tells of all stores from a later place on. */
    HistoryDroppedException droppedContents(String asked) {
        long start = storage.layouts().stream().mapToLong(this::start).max().orElse(start());
        return new HistoryDroppedException(asked, positions.apply(start));
    }

    /** What {@code read} gives of a store's records from a place on; if that was dropped meanwhile, that is said instead. */
    <R> R reading(StoreLayout layout, long from, Supplier<R> read) {
        return reading(() -> require(layout, from), read);
    }

    /** What {@code read} gives of the log from a place on; if that was dropped meanwhile, that is said instead. */
    <R> R reading(long from, Supplier<R> read) {
        return reading(() -> require(from), read);
    }

    private static <R> R reading(Runnable require, Supplier<R> read) {
        require.run();
        try {
            R result = read.get();
            require.run();
            return result;
        } catch (StorageException e) {
            require.run();
            throw e;
        }
    }

    /** What can be said of a commit that was dropped: its place, and a time before which it was made. */
    static LoggedHeader header(Storage storage, long sequence) {
        return new LoggedHeader(sequence, storage.start().timeMicros(), UNKNOWN, null, null);
    }
}
