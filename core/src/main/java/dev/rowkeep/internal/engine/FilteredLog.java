package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.LogPage;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The log as filters see it. Their times become places: commits are in the order of their times. */
final class FilteredLog {
    private final Storage storage;
    private final LogDecoder decoder;
    private final LongFunction<Position> positions;
    private final ToLongFunction<Instant> newestUpTo;

    /**
     * Reads {@code storage}'s log.
     *
     * @param newestUpTo the newest commit made at or before a time; 0 if there is none
     */
    FilteredLog(
            Storage storage, LogDecoder decoder, LongFunction<Position> positions, ToLongFunction<Instant> newestUpTo) {
        this.storage = storage;
        this.decoder = decoder;
        this.positions = positions;
        this.newestUpTo = newestUpTo;
    }

    LogDecoder decoder() {
        return decoder;
    }

    Position position(long sequence) {
        return positions.apply(sequence);
    }

    /** What is to be looked at of the commits after {@code after} up to {@code upTo}, as far as times tell. */
    Stretch stretch(LogFilter filter, long after, long upTo) {
        long end = Math.max(
                after,
                filter.until().map(time -> Math.min(upTo, newestBefore(time))).orElse(upTo));
        long start =
                filter.from().map(time -> Math.max(after, newestBefore(time))).orElse(after);
        return new Stretch(Math.min(start, end), end);
    }

    private long newestBefore(Instant time) {
        return time.equals(Instant.MIN) ? 0 : newestUpTo.applyAsLong(time.minusNanos(1));
    }

    LogScan scan(Stretch stretch) {
        return new LogScan(storage, stretch.after, stretch.upTo);
    }

    /** At most {@code most} commits that hold something wanted, of at most {@link LogPage#REACH} that are looked at. */
    LogPage page(LogFilter filter, Stretch stretch, int most) {
        LogScan scan = scan(stretch);
        List<Commit> found = new ArrayList<>();
        long last = stretch.after + LogPage.REACH;
        for (List<LoggedCommit> read = scan.next(LogPage.REACH); !read.isEmpty(); read = scan.next(last - scan.at())) {
            for (LoggedCommit commit : read) {
                Optional<Commit> wanted = decoder.wanted(commit, filter);
                wanted.ifPresent(found::add);
                if (found.size() == most) {
                    return page(found, commit.header().sequence(), stretch);
                }
            }
        }
        return page(found, scan.at(), stretch);
    }

    private LogPage page(List<Commit> found, long at, Stretch stretch) {
        return new LogPage(found, positions.apply(at), positions.apply(stretch.upTo));
    }

    /** The commits after one sequence up to another, that one included. */
    record Stretch(long after, long upTo) {}
}
