package dev.rowkeep.storage.sqlite;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** Decides plans as the engine would: versions, change ids, logged changes. Every commit is a microsecond after the last. */
final class TestPlans {
    static final long START_MICROS = 1_700_000_000_000_000L;
    static final Author ANA = Author.user("ana");

    private TestPlans() {}

    /** A record as it is wanted; no cells at all for a delete. */
    record Wanted(StoreLayout layout, Object key, Object[] cells, Author author) {
        static Wanted put(StoreLayout layout, Object key, Object... cells) {
            return new Wanted(layout, key, cells, ANA);
        }

        static Wanted delete(StoreLayout layout, Object key) {
            return new Wanted(layout, key, null, ANA);
        }

        Wanted by(Author other) {
            return new Wanted(layout, key, cells, other);
        }
    }

    static void put(Storage storage, StoreLayout layout, Object key, Object... cells) {
        storage.commit(oneCommit(List.of(Wanted.put(layout, key, cells))));
    }

    static void delete(Storage storage, StoreLayout layout, Object key) {
        storage.commit(oneCommit(List.of(Wanted.delete(layout, key))));
    }

    /** All in one commit. */
    static CommitWork oneCommit(List<Wanted> wanted) {
        return new Work(wanted, wanted.size());
    }

    /** Each in a commit of its own, all in one plan. */
    static CommitWork manyCommits(List<Wanted> wanted) {
        return new Work(wanted, 1);
    }

    record Work(List<Wanted> wanted, int perCommit) implements CommitWork {
        @Override
        public List<RecordRef> reads() {
            return wanted.stream().map(w -> new RecordRef(w.layout(), w.key())).toList();
        }

        @Override
        public CommitPlan decide(CommitView view) {
            List<LoggedCommit> commits = new ArrayList<>();
            List<RowWrite> writes = new ArrayList<>();
            long sequence = view.head().sequence();
            for (int from = 0; from < wanted.size(); from += perCommit) {
                sequence++;
                long time = START_MICROS + sequence;
                List<LoggedChange> changes = new ArrayList<>();
                List<Wanted> some = wanted.subList(from, Math.min(wanted.size(), from + perCommit));
                for (Wanted each : some) {
                    Image before = view.image(each.layout(), each.key());
                    Image after = after(each, before, ChangeId.of(sequence, changes.size()), time);
                    writes.add(new RowWrite(each.layout(), before, List.of(after), changed(before, after)));
                    changes.add(change(each, before, after));
                }
                LoggedHeader header =
                        new LoggedHeader(sequence, time, some.get(0).author(), null, null);
                commits.add(new LoggedCommit(header, changes, hash(sequence)));
            }
            return new CommitPlan(commits, writes);
        }
    }

    static byte[] hash(long sequence) {
        return ByteBuffer.allocate(32).putLong(sequence).array();
    }

    static Image after(Wanted wanted, Image before, long changeId, long time) {
        boolean byUser = wanted.author().origin() == Origin.USER;
        return new Image(
                wanted.key(),
                before == null ? 1 : before.version() + 1,
                changeId,
                wanted.cells() == null ? Liveness.TOMBSTONE : Liveness.LIVE,
                wanted.cells() == null ? new Object[0] : wanted.cells(),
                wanted.author(),
                time,
                byUser ? wanted.author().name() : before == null ? null : before.userAuthor(),
                byUser ? time : before == null ? 0 : before.userTimeMicros());
    }

    private static BitSet changed(Image before, Image after) {
        BitSet changed = new BitSet();
        if (before != null && before.isLive() && after.isLive()) {
            for (int i = 0; i < after.cells().length; i++) {
                changed.set(i, !Objects.equals(before.cells()[i], after.cells()[i]));
            }
        }
        return changed;
    }

    private static LoggedChange change(Wanted wanted, Image before, Image after) {
        ChangeKind kind = !after.isLive()
                ? ChangeKind.DELETE
                : before == null || !before.isLive() ? ChangeKind.INSERT : ChangeKind.UPDATE;
        byte[] delta = {(byte) after.version(), 1};
        byte[] image =
                after.version() % LoggedChange.CHECKPOINT_INTERVAL == 0 ? new byte[] {(byte) after.version()} : null;
        return new LoggedChange(
                wanted.layout().id(),
                wanted.key(),
                after.version(),
                kind,
                after.changeId(),
                before == null ? 0 : before.changeId(),
                delta,
                image);
    }

    /** An image's parts in a form that AssertJ compares. */
    static List<Object> parts(Image image) {
        return Arrays.asList(
                image.key(),
                image.version(),
                image.changeId(),
                image.liveness(),
                Arrays.asList(image.cells()),
                image.author(),
                image.timeMicros(),
                image.userAuthor(),
                image.userTimeMicros());
    }
}
