package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.codec.DroppedContents;
import dev.rowkeep.internal.codec.Segment;
import dev.rowkeep.internal.codec.SegmentCodec;
import dev.rowkeep.log.LogSegment;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Makes segments of the log, to be sent to replicas. */
final class Shipping {
    /** A segment ends with the commit that takes its contents beyond this many bytes. */
    private static final long ENOUGH_BYTES = 4L << 20;

    private static final int PAGE = 512;

    private final Storage storage;
    private final KeptLog kept;
    private final LongFunction<Position> positions;

    Shipping(Storage storage, KeptLog kept, LongFunction<Position> positions) {
        this.kept = kept;
        this.storage = storage;
        this.positions = positions;
    }

    /** The commits after a sequence, at most {@code most}; empty if there are none that are durable. */
    Optional<LogSegment> after(long sequence, int most) {
        List<StoreLayout> layouts = storage.layouts();
        Head head = storage.head(); // after the layouts: what the log says up to here fits them
        if (head.sequence() <= sequence) {
            return Optional.empty();
        }
        List<LoggedCommit> commits = commits(sequence, Math.min(most, head.sequence() - sequence));
        requireContents(commits);
        long through = sequence + commits.size();
        Segment segment = new Segment(
                storage.incarnation(),
                positions.apply(head.sequence()).epoch(),
                head,
                layouts,
                sequence,
                hashAt(sequence),
                commits,
                storage.requests(sequence, through));
        return Optional.of(
                new LogSegment(positions.apply(sequence), positions.apply(through), SegmentCodec.encode(segment)));
    }

    /** A replica makes its records of what changes say. */
    private void requireContents(List<LoggedCommit> commits) {
        for (LoggedCommit commit : commits) {
            if (commit.changes().stream().anyMatch(DroppedContents::of)) {
                throw kept.droppedContents(
                        "what changed in commit " + commit.header().sequence());
            }
        }
    }

    private byte[] hashAt(long sequence) {
        Head start = storage.start();
        return sequence == start.sequence()
                ? start.hash()
                : storage.commitAt(sequence).orElseThrow().hash();
    }

    private List<LoggedCommit> commits(long sequence, long most) {
        List<LoggedCommit> commits = new ArrayList<>();
        long bytes = 0;
        while (commits.size() < most && bytes < ENOUGH_BYTES) {
            int page = (int) Math.min(PAGE, most - commits.size());
            for (LoggedCommit commit : storage.commitsAfter(sequence + commits.size(), page)) {
                commits.add(commit);
                bytes += size(commit);
                if (bytes >= ENOUGH_BYTES) {
                    break;
                }
            }
        }
        return commits;
    }

    private static long size(LoggedCommit commit) {
        long bytes = 0;
        for (LoggedChange change : commit.changes()) {
            byte[] image = change.image();
            bytes += change.delta().length + (image == null ? 0 : image.length);
        }
        return bytes;
    }
}
