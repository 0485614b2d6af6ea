package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Commits of another log that are written as they are, in one storage transaction. Their rows are what their deltas make of the rows that are
 * there, each of which must be what the delta says that it was.
 */
final class Replay implements CommitWork {
    private static final Object[] NO_CELLS = {};

    private final List<LoggedCommit> commits;
    private final RequestWrites requests;
    private final IntFunction<StoreLayout> layouts;
    private final Function<StoreLayout, @Nullable StoreState<?, ?>> opened;
    private final Map<Address, Step> steps = new LinkedHashMap<>();
    private final Map<StoreState<?, ?>, List<Object>> windows = new HashMap<>();

    private record Address(int storeId, Object key) {}

    private static final class Step {
        private final StoreLayout layout;
        private final @Nullable Image before;
        private final List<Image> versions = new ArrayList<>(1);
        private final BitSet changed = new BitSet();

        private Step(StoreLayout layout, @Nullable Image before) {
            this.layout = layout;
            this.before = before;
        }

        private @Nullable Image newest() {
            return versions.isEmpty() ? before : versions.get(versions.size() - 1);
        }
    }

    /**
     * The replay of {@code commits}.
     *
     * @param commits those that come next after the storage's head
     * @param requests what to store of requests, but for those that are there
     * @param opened the state of a store with a cache that is to learn of them; null if there is none
     */
    Replay(
            List<LoggedCommit> commits,
            RequestWrites requests,
            IntFunction<StoreLayout> layouts,
            Function<StoreLayout, @Nullable StoreState<?, ?>> opened) {
        this.commits = commits;
        this.requests = requests;
        this.layouts = layouts;
        this.opened = opened;
    }

    @Override
    public List<RecordRef> reads() {
        List<RecordRef> refs = new ArrayList<>();
        for (LoggedCommit commit : commits) {
            for (LoggedChange change : commit.changes()) {
                refs.add(new RecordRef(layouts.apply(change.storeId()), change.key()));
            }
        }
        return refs;
    }

    @Override
    public CommitPlan decide(CommitView view) {
        steps.clear();
        for (LoggedCommit commit : commits) {
            for (LoggedChange change : commit.changes()) {
                Step step = steps.computeIfAbsent(new Address(change.storeId(), change.key()), address -> {
                    StoreLayout layout = layouts.apply(address.storeId());
                    return new Step(layout, view.image(layout, address.key()));
                });
                step.versions.add(next(step, commit.header(), change));
            }
        }
        List<RowWrite> writes = new ArrayList<>();
        for (Step step : steps.values()) {
            writes.add(new RowWrite(step.layout, step.before, step.versions, step.changed));
            StoreState<?, ?> store = opened.apply(step.layout);
            if (store != null) {
                Object key = step.versions.get(0).key();
                store.openWindow(key);
                windows.computeIfAbsent(store, any -> new ArrayList<>()).add(key);
            }
        }
        return new CommitPlan(commits, writes, missing(view));
    }

    private RequestWrites missing(CommitView view) {
        List<StoredRequest> stored = requests.stored().stream()
                .filter(request -> view.request(request.id()) == null)
                .toList();
        return stored.isEmpty()
                ? RequestWrites.none()
                : new RequestWrites(stored, requests.forgetBeforeMicros(), requests.forgetMost());
    }

    /** After the storage made the commits durable: shows the newest images to the caches. */
    void publish() {
        for (Step step : steps.values()) {
            StoreState<?, ?> store = opened.apply(step.layout);
            if (store != null && windows.containsKey(store)) {
                store.publish(step.versions.get(step.versions.size() - 1));
            }
        }
        closeWindows();
    }

    /** After the storage wrote nothing, or nobody knows: the keys stay out of the caches until they are loaded again. */
    void abandon() {
        closeWindows();
    }

    private void closeWindows() {
        windows.forEach(StoreState::closeWindow);
        windows.clear();
    }

    private static Image next(Step step, LoggedHeader header, LoggedChange change) {
        Image before = step.newest();
        boolean isThere = before != null && before.isLive();
        if (change.version() != (before == null ? 0 : before.version()) + 1
                || change.previousId() != (before == null ? 0 : before.changeId())
                || isThere == (change.kind() == ChangeKind.INSERT)) {
            throw new NotFollowing(step.layout, change);
        }
        @Nullable
        Object[] cells = before != null && before.isLive()
                ? before.cells().clone()
                : new Object[step.layout.columns().size()];
        for (CellDelta cell : DeltaCodec.decode(step.layout, change.delta())) {
            if (!cell.isErased() && !Objects.equals(cells[cell.ordinal()], cell.before())) {
                throw new NotFollowing(step.layout, change);
            }
            cells[cell.ordinal()] = cell.after();
            step.changed.set(cell.ordinal());
        }
        boolean byUser = header.author().origin() == Origin.USER;
        boolean isDelete = change.kind() == ChangeKind.DELETE;
        return new Image(
                change.key(),
                change.version(),
                change.id(),
                isDelete ? Liveness.TOMBSTONE : Liveness.LIVE,
                isDelete ? NO_CELLS : cells,
                header.author(),
                header.timeMicros(),
                byUser ? header.author().name() : before == null ? null : before.userAuthor(),
                byUser ? header.timeMicros() : before == null ? 0 : before.userTimeMicros());
    }

    /** A change does not fit the record that is there. */
    static final class NotFollowing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotFollowing(StoreLayout layout, LoggedChange change) {
            super("version " + change.version() + " of " + layout.name() + "/" + change.key()
                    + " does not follow from the record that is there");
        }
    }
}
