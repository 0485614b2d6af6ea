package dev.rowkeep.internal.engine;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Head;
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
    private final long nowMicros;
    private final Map<StoreState<?, ?>, List<Object>> windows = new HashMap<>();
    private @Nullable Overlay overlay;
    private @Nullable Head head;
    private int changes;
    private int commits;

    Batch(List<Ticket> tickets, Overlay.Knowledge knowledge, long nowMicros) {
        this.tickets = tickets;
        this.knowledge = knowledge;
        this.nowMicros = nowMicros;
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
        Arbiter arbiter = new Arbiter(view, state, nowMicros);
        CommitPlan plan = arbiter.decide(tickets);
        overlay = state;
        head = plan.isEmpty() ? null : arbiter.head();
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

    /** The head that the batch makes; null if it writes nothing. */
    @Nullable
    Head head() {
        return head;
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
