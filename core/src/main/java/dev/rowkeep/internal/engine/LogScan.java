package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import java.util.List;

/**
 * A stretch of the log, read a page at a time. Pages grow while commits are small, because each is a question to the storage, and shrink
 * where they hold much, because a page is held in memory. Used by one thread.
 */
final class LogScan {
    private static final int FIRST_PAGE = 16;
    private static final int MOST = 1024;
    private static final int GROWTH = 4;
    private static final long PAGE_BYTES = 4L << 20;

    /** About what a commit and a change take beside their contents. */
    private static final long OVERHEAD = 256;

    private final Storage storage;
    private final long upTo;
    private long at;
    private int most = FIRST_PAGE;

    /** The commits after {@code after} up to {@code upTo}, both of which the log has. */
    LogScan(Storage storage, long after, long upTo) {
        this.storage = storage;
        this.at = after;
        this.upTo = upTo;
    }

    /** The sequence up to which it was read. */
    long at() {
        return at;
    }

    /** The next commits, at most {@code limit}; none at the end. */
    List<LoggedCommit> next(long limit) {
        long wanted = Math.min(limit, Math.min(most, upTo - at));
        if (wanted <= 0) {
            return List.of();
        }
        List<LoggedCommit> page = storage.commitsAfter(at, (int) wanted);
        if (page.isEmpty()) {
            throw StorageException.lacksCommit(at + 1);
        }
        for (LoggedCommit commit : page) {
            LogWalk.requireNext(at, commit);
            at++;
        }
        long each = page.stream().mapToLong(LogScan::bytes).sum() / page.size();
        most = (int) Math.max(1, Math.min(Math.min(MOST, (long) most * GROWTH), PAGE_BYTES / each));
        return page;
    }

    private static long bytes(LoggedCommit commit) {
        long bytes = OVERHEAD;
        for (LoggedChange change : commit.changes()) {
            byte[] image = change.image();
            bytes += OVERHEAD + change.delta().length + (image == null ? 0 : image.length);
        }
        return bytes;
    }
}
