package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
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

    HistoryDroppedException dropped(String asked) {
        return new HistoryDroppedException(asked, oldest());
    }

    /** What {@code read} gives of the log from a place on; if that was dropped meanwhile, that is said instead. */
    <R> R reading(long from, Supplier<R> read) {
        require(from);
        try {
            R result = read.get();
            require(from);
            return result;
        } catch (StorageException e) {
            require(from);
            throw e;
        }
    }

    /** What can be said of a commit that was dropped: its place, and a time before which it was made. */
    static LoggedHeader header(Storage storage, long sequence) {
        return new LoggedHeader(sequence, storage.start().timeMicros(), UNKNOWN, null, null);
    }
}
