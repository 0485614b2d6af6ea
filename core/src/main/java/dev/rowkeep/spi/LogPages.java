package dev.rowkeep.spi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What can be told of the log by reading whole commits of it, a page at a time. */
final class LogPages {
    private static final int PAGE = 512;

    /** Commits this far apart or nearer are read together with those between. */
    private static final long NEAR = 8;

    private LogPages() {}

    static void changes(
            Storage storage, int storeId, long after, long through, Consumer<? super LoggedChange> visitor) {
        long at = after;
        while (at < through) {
            List<LoggedCommit> page = storage.commitsAfter(at, (int) Math.min(PAGE, through - at));
            if (page.isEmpty() && through == Long.MAX_VALUE) {
                return;
            }
            at = visit(page, storeId, at, visitor);
        }
    }

    private static long visit(
            List<LoggedCommit> page, int storeId, long after, Consumer<? super LoggedChange> visitor) {
        if (page.isEmpty()) {
            throw StorageException.lacksCommit(after + 1);
        }
        long at = after;
        for (LoggedCommit commit : page) {
            if (commit.header().sequence() != at + 1) {
                throw StorageException.lacksCommit(at + 1);
            }
            at++;
            commit.changes().stream()
                    .filter(change -> change.storeId() == storeId)
                    .forEach(visitor);
        }
        return at;
    }

    static Map<Long, LoggedHeader> headers(Storage storage, List<Long> sequences) {
        Set<Long> wanted = new HashSet<>(sequences);
        Map<Long, LoggedHeader> headers = new HashMap<>();
        long first = 0;
        long last = 0;
        for (long sequence : sequences) {
            if (first > 0 && (sequence - last > NEAR || sequence - first >= PAGE)) {
                read(storage, first, last, wanted, headers);
                first = 0;
            }
            first = first == 0 ? sequence : first;
            last = sequence;
        }
        if (first > 0) {
            read(storage, first, last, wanted, headers);
        }
        return headers;
    }

    private static void read(
            Storage storage, long first, long last, Set<Long> wanted, Map<Long, LoggedHeader> headers) {
        for (LoggedCommit commit : storage.commitsAfter(first - 1, (int) (last - first + 1))) {
            if (wanted.contains(commit.header().sequence())) {
                headers.put(commit.header().sequence(), commit.header());
            }
        }
    }
}
