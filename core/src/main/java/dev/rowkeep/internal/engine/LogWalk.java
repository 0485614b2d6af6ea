package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What every reader of the log checks: that nothing of it is missing. */
final class LogWalk {
    private LogWalk() {}

    /** Checks that {@code commit} is the one after {@code at}. */
    static void requireNext(long at, LoggedCommit commit) {
        if (commit.header().sequence() != at + 1) {
            throw StorageException.lacksCommit(at + 1);
        }
    }

    /** The headers of the commits {@code sequences}, which are in any order; of dropped ones, what is known. */
    static Map<Long, LoggedHeader> headers(Storage storage, LongStream sequences) {
        long dropped = storage.start().sequence();
        List<Long> sorted = sequences.sorted().distinct().boxed().toList();
        List<Long> held = sorted.stream().filter(sequence -> sequence > dropped).toList();
        Map<Long, LoggedHeader> headers = storage.headers(held);
        if (headers.size() < held.size()) {
            throw StorageException.lacksCommit(held.stream()
                    .filter(sequence -> !headers.containsKey(sequence))
                    .findFirst()
                    .orElseThrow());
        }
        sorted.subList(0, sorted.size() - held.size())
                .forEach(sequence -> headers.put(sequence, KeptLog.header(storage, sequence)));
        return headers;
    }
}
