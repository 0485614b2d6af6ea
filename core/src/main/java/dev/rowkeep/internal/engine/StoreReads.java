package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.internal.codec.DroppedContents;
import dev.rowkeep.internal.query.ResultRange;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has read of one store.
 *
 * <p>A record that was read by its key must not have changed. A query's results are the same if no changed record was in its range when
 * it was read, nor is now; what a record was in between does not matter, as the transaction takes place now.
 */
final class StoreReads {
    private final StoreLayout layout;
    private final Set<Object> keys = new HashSet<>();
    private final List<ResultRange> ranges = new ArrayList<>();

    /** A changed record: its changes that the log holds, in order, and what the batch has made of it. */
    private static final class Changed {
        private final List<LoggedChange> logged = new ArrayList<>(1);
        private Overlay.@Nullable Touched touched;
    }

    StoreReads(StoreLayout layout) {
        this.layout = layout;
    }

    void add(Object key) {
        keys.add(key);
    }

    void add(ResultRange range) {
        ranges.add(range);
    }

    boolean isOutdated(long sequence, int mostChanges, CommitView view, Overlay overlay) {
        if (view.start().sequence() > sequence) {
            return true; // What came after the snapshot was dropped: nobody can tell.
        }
        List<LoggedChange> log =
                view.head().sequence() == sequence ? List.of() : view.changesAfter(layout, sequence, mostChanges + 1);
        if (log.size() > mostChanges) {
            return true;
        }
        Map<Object, Changed> changed = new LinkedHashMap<>();
        log.forEach(change -> changed.computeIfAbsent(change.key(), key -> new Changed())
                .logged
                .add(change));
        overlay.forEachTouched(
                layout,
                touched -> changed.computeIfAbsent(touched.newest().key(), key -> new Changed()).touched = touched);
        for (Map.Entry<Object, Changed> one : changed.entrySet()) {
            if (keys.contains(one.getKey()) || isCovered(one.getKey(), one.getValue(), view)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCovered(Object key, Changed changed, CommitView view) {
        if (ranges.isEmpty()) {
            return false;
        }
        Overlay.Touched touched = changed.touched;
        Image committed = touched == null ? view.image(layout, key) : touched.before();
        Image now = touched == null ? committed : touched.newest();
        if (changed.logged.stream().anyMatch(this::isUntold)) {
            return true; // What the record was when it was read, nobody can tell.
        }
        Image then = changed.logged.isEmpty() ? committed : before(committed, changed.logged);
        for (ResultRange range : ranges) {
            if (range.covers(now) || range.covers(then)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUntold(LoggedChange change) {
        return DroppedContents.of(change)
                || DeltaCodec.decode(layout, change.delta()).stream().anyMatch(CellDelta::isErased);
    }

    /** The record before {@code changes}, which have led to {@code after}; null if it was not there. */
    private @Nullable Image before(@Nullable Image after, List<LoggedChange> changes) {
        if (changes.get(0).kind() == ChangeKind.INSERT) {
            return null;
        }
        LoggedChange newest = changes.get(changes.size() - 1);
        if (after == null || after.changeId() != newest.id()) {
            throw new IllegalStateException("The newest change of " + layout.name() + "/" + newest.key()
                    + " is not the one that made the record. Run log().verify() and restore a backup.");
        }
        @Nullable
        Object[] cells = after.isLive()
                ? after.cells().clone()
                : new Object[layout.columns().size()];
        for (int i = changes.size() - 1; i >= 0; i--) {
            for (CellDelta cell : DeltaCodec.decode(layout, changes.get(i).delta())) {
                cells[cell.ordinal()] = cell.before();
            }
        }
        return new Image(
                after.key(),
                changes.get(0).version() - 1,
                changes.get(0).previousId(),
                Image.Liveness.LIVE,
                cells,
                after.author(),
                after.timeMicros(),
                after.userAuthor(),
                after.userTimeMicros());
    }
}
