package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that are committed in one storage transaction. Before the storage commits, the keys it will change are taken out of the
 * caches; {@link #publish} or {@link #abandon} ends that.
 */
final class Batch implements CommitWork {
    private final List<Ticket> tickets;
    private final Overlay.Knowledge knowledge;
    private final Times times;
    private final Map<StoreState<?, ?>, List<Object>> windows = new HashMap<>();
    private @Nullable Overlay overlay;
    private @Nullable Head head;
    private List<StoredRequest> requests = List.of();
    private int changes;
    private int commits;

    /** When the batch is decided, and how long the requests that it stores are kept, in microseconds. */
    record Times(long now, long requestRetention) {}

    Batch(List<Ticket> tickets, Overlay.Knowledge knowledge, Times times) {
        this.tickets = tickets;
        this.knowledge = knowledge;
        this.times = times;
    }

    List<Ticket> tickets() {
        return tickets;
    }

    @Override
    public List<RecordRef> reads() {
        List<RecordRef> refs = new ArrayList<>();
        for (Ticket ticket : tickets) {
            for (PreparedEdit edit : ticket.edits) {
                if (knowledge == Overlay.Knowledge.ASK_STORAGE || edit.store().peek(edit.key()) == null) {
                    refs.add(new RecordRef(edit.store().layout(), edit.key()));
                }
            }
        }
        return refs;
    }

    @Override
    public CommitPlan decide(CommitView view) {
        Overlay state = new Overlay(view, knowledge);
        Arbiter arbiter = new Arbiter(view, state, new RequestLedger(view, times.requestRetention()), times.now());
        CommitPlan plan = arbiter.decide(tickets);
        overlay = state;
        head = plan.commits().isEmpty() ? null : arbiter.head();
        requests = plan.requests().stored();
        commits = plan.commits().size();
        changes = 0;
        for (var commit : plan.commits()) {
            changes += commit.changes().size();
        }
        state.forEachNewest((store, newest) -> {
            store.openWindow(newest.key());
            windows.computeIfAbsent(store, s -> new ArrayList<>()).add(newest.key());
        });
        return plan;
    }

    /** The head that the batch makes; null if it makes no commit. */
    @Nullable
    Head head() {
        return head;
    }

    /** Whether the batch writes anything. */
    boolean writes() {
        return head != null || !requests.isEmpty();
    }

    /** The requests that the batch stores. */
    List<StoredRequest> requests() {
        return requests;
    }

    int commits() {
        return commits;
    }

    int changes() {
        return changes;
    }

    /** After the storage made the batch durable: shows the newest images to the caches. */
    void publish() {
        Objects.requireNonNull(overlay).forEachNewest((store, newest) -> store.publish(newest));
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
}
