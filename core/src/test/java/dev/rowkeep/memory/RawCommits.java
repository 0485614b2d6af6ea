package dev.rowkeep.memory;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** Commits straight to a storage, as the engine would, without deciding anything. */
public final class RawCommits {
    private static final Author AUTHOR = Author.job("test");

    private final Storage storage;

    /** One record's step; no cells mean a delete. */
    public record Step(StoreLayout layout, Object key, Object[] cells) {}

    public RawCommits(Storage storage) {
        this.storage = storage;
    }

    public static Step put(StoreLayout layout, Object key, Object... cells) {
        return new Step(layout, key, cells);
    }

    public static Step delete(StoreLayout layout, Object key) {
        return new Step(layout, key, null);
    }

    /** Commits the steps in one commit. */
    public void commit(Step... steps) {
        run(view -> plan(view, steps));
    }

    /** Lets {@code decision} decide. */
    public void run(Function<CommitView, CommitPlan> decision) {
        storage.commit(new CommitWork() {
            @Override
            public List<RecordRef> reads() {
                return List.of();
            }

            @Override
            public CommitPlan decide(CommitView view) {
                return decision.apply(view);
            }
        });
    }

    /** The plan of one commit with the steps, made 10 microseconds after the one before. */
    public static CommitPlan plan(CommitView view, Step... steps) {
        long sequence = view.head().sequence() + 1;
        LoggedHeader header = new LoggedHeader(sequence, view.head().timeMicros() + 10, AUTHOR, null, null);
        List<RowWrite> writes = new ArrayList<>();
        List<LoggedChange> changes = new ArrayList<>();
        for (Step step : steps) {
            Image before = view.image(step.layout(), step.key());
            long id = ChangeId.of(sequence, changes.size());
            Image after = image(step, before == null ? 1 : before.version() + 1, id, header);
            BitSet all = new BitSet();
            all.set(0, step.layout().columns().size());
            writes.add(new RowWrite(step.layout(), before, List.of(after), all));
            long previous = before == null ? 0 : before.changeId();
            changes.add(new LoggedChange(
                    step.layout().id(),
                    step.key(),
                    after.version(),
                    kind(before, after),
                    id,
                    previous,
                    new byte[0],
                    null));
        }
        return new CommitPlan(List.of(new LoggedCommit(header, changes, new byte[32])), writes);
    }

    private static Image image(Step step, long version, long changeId, LoggedHeader header) {
        boolean isDelete = step.cells() == null;
        return new Image(
                step.key(),
                version,
                changeId,
                isDelete ? Image.Liveness.TOMBSTONE : Image.Liveness.LIVE,
                isDelete ? new Object[0] : step.cells(),
                AUTHOR,
                header.timeMicros(),
                null,
                0);
    }

    private static ChangeKind kind(Image before, Image after) {
        if (!after.isLive()) {
            return ChangeKind.DELETE;
        }
        return before != null && before.isLive() ? ChangeKind.UPDATE : ChangeKind.INSERT;
    }
}
