package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.BiConsumer;

/** Reads stretches of the log, a page at a time. */
final class LogWalk {
    private static final int PAGE = 512;

    /** Commits this far apart or nearer are read together with those between. */
    private static final long NEAR = 8;

    private final Storage storage;

    LogWalk(Storage storage) {
        this.storage = storage;
    }

    /** Shows {@code visitor} every change of a store in the commits after {@code from} up to {@code to}, in order. */
    void changes(int storeId, long from, long to, BiConsumer<LoggedHeader, LoggedChange> visitor) {
        long at = from;
        while (at < to) {
            long next = page(storeId, at, (int) Math.min(PAGE, to - at), visitor);
            if (next == at) {
                throw missing(at + 1);
            }
            at = next;
        }
    }

    /**
     * As {@link #changes} up to the log's end as reads see it now. Rows may show commits that the storage's head does not show yet,
     * but none that is not in the log.
     */
    void changesToEnd(int storeId, long from, BiConsumer<LoggedHeader, LoggedChange> visitor) {
        long at = from;
        long next = page(storeId, at, PAGE, visitor);
        while (next == at + PAGE) {
            at = next;
            next = page(storeId, at, PAGE, visitor);
        }
    }

    /** Shows the changes of at most {@code most} commits after {@code from}; returns the last one's sequence. */
    private long page(int storeId, long from, int most, BiConsumer<LoggedHeader, LoggedChange> visitor) {
        long at = from;
        for (LoggedCommit commit : storage.commitsAfter(from, most)) {
            requireNext(at, commit);
            at++;
            for (LoggedChange change : commit.changes()) {
                if (change.storeId() == storeId) {
                    visitor.accept(commit.header(), change);
                }
            }
        }
        return at;
    }

    /** Checks that {@code commit} is the one after {@code at}. */
    static void requireNext(long at, LoggedCommit commit) {
        if (commit.header().sequence() != at + 1) {
            throw missing(at + 1);
        }
    }

    /** The headers of the commits {@code sequences}; of dropped ones, what is known. */
    Map<Long, LoggedHeader> headers(SortedSet<Long> sequences) {
        Map<Long, LoggedHeader> headers = new HashMap<>();
        long first = 0;
        long last = 0;
        long dropped = storage.start().sequence();
        sequences.headSet(dropped + 1).forEach(sequence -> headers.put(sequence, KeptLog.header(storage, sequence)));
        for (long sequence : sequences.tailSet(dropped + 1)) {
            if (first > 0 && (sequence - last > NEAR || sequence - first >= PAGE)) {
                readHeaders(first, last, sequences, headers);
                first = 0;
            }
            first = first == 0 ? sequence : first;
            last = sequence;
        }
        if (first > 0) {
            readHeaders(first, last, sequences, headers);
        }
        return headers;
    }

    private void readHeaders(long first, long last, SortedSet<Long> wanted, Map<Long, LoggedHeader> headers) {
        for (LoggedCommit commit : storage.commitsAfter(first - 1, (int) (last - first + 1))) {
            if (wanted.contains(commit.header().sequence())) {
                headers.put(commit.header().sequence(), commit.header());
            }
        }
        if (!headers.containsKey(first) || !headers.containsKey(last)) {
            throw missing(first);
        }
    }

    /** A log that is not gap-free at {@code sequence}. */
    static StorageException missing(long sequence) {
        return new StorageException(
                StorageException.Kind.PERMANENT,
                "The log lacks commit " + sequence + " or one soon after it. Run log().verify() and restore a backup.",
                null);
    }
}
