package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.internal.codec.HashChain;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of tickets in order against the storage's state: pure but for the tickets' provisional outcomes, and
 * re-runnable. Runs no code of the application's.
 */
final class Arbiter {
    private final CommitView view;
    private final Overlay overlay;
    private final long nowMicros;
    private final RequestLedger requests;
    private final List<LoggedCommit> commits = new ArrayList<>();
    private Head head;

    /** A ticket's edit on its way to a change. */
    private record Decided(
            PreparedEdit edit, @Nullable Image before, Evaluation.Step.Target target, Outcome.Wrote outcome) {}

    Arbiter(CommitView view, Overlay overlay, RequestLedger requests, long nowMicros) {
        this.view = view;
        this.overlay = overlay;
        this.requests = requests;
        this.nowMicros = nowMicros;
        this.head = view.head();
    }

    CommitPlan decide(List<Ticket> batch) {
        for (Ticket ticket : batch) {
            ticket.provisional = List.of();
            ticket.provisionalSequence = 0;
        }
        for (Ticket ticket : batch) {
            ticket.provisional = decide(ticket);
        }
        return new CommitPlan(commits, overlay.writes(), requests.writes());
    }

    /** The head as it will be. */
    Head head() {
        return head;
    }

    private List<Outcome> decide(Ticket ticket) {
        Ticket predecessor = ticket.predecessor;
        if (predecessor != null && !predecessor.landedProvisionally()) {
            return List.of(new Outcome.ChainBroken());
        }
        Request request = ticket.request;
        StoredRequest first = request == null ? null : requests.find(request.id());
        if (request != null && first != null) {
            return List.of(request.isAgain(first) ? new Outcome.Repeated(first) : new Outcome.Reused(first));
        }
        Outcome fenced = fenced(ticket);
        if (fenced != null) {
            return List.of(fenced);
        }
        if (ticket.reads != null && ticket.reads.isOutdated(view, overlay)) {
            return List.of(new Outcome.Outdated());
        }
        return request == null ? decideAnew(ticket) : decideOnce(ticket, request);
    }

    /** What a ticket that would write meets if its writer's lease is lost; null if nothing stands in the way. */
    private @Nullable Outcome fenced(Ticket ticket) {
        Fence fence = ticket.writer.fence();
        boolean writes = !ticket.edits.isEmpty() || ticket.answers() != null;
        return fence == null || !writes ? null : fence.refusal(overlay, time());
    }

    /** The time of the next commit. */
    private long time() {
        return Math.max(nowMicros, head.timeMicros());
    }

    /** What is decided on a request is kept, if it is no call to try again. */
    private List<Outcome> decideOnce(Ticket ticket, Request request) {
        List<Outcome> answers = ticket.answers();
        List<Outcome> outcomes = answers == null || ticket.edits.isEmpty() ? decideAnew(ticket) : answers;
        List<Outcome> kept = answers == null ? outcomes : answers;
        if ((answers != null || !ticket.edits.isEmpty()) && isFinal(ticket, kept)) {
            requests.add(request, time(), head.sequence(), kept);
        }
        return outcomes;
    }

    /** What was put off and what lost a race is to be sent again, and done then. */
    private static boolean isFinal(Ticket ticket, List<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(Outcome.Deferred.class::isInstance)) {
            return false;
        }
        for (int i = 0; i < ticket.edits.size(); i++) {
            if (ticket.edits.get(i).isLate(outcomes.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Outcome> decideAnew(Ticket ticket) {
        if (ticket.edits.isEmpty()) {
            return List.of(new Outcome.Passed());
        }
        long sequence = head.sequence() + 1;
        long time = time();
        List<Outcome> outcomes = new ArrayList<>(ticket.edits.size());
        List<Decided> decided = new ArrayList<>(ticket.edits.size());
        for (PreparedEdit edit : ticket.edits) {
            Image current = overlay.image(edit.store(), edit.key());
            long untilMicros = guardedUntil(ticket.writer, edit, current);
            if (current != null && time < untilMicros) {
                outcomes.add(new Outcome.Deferred(current, untilMicros));
                continue;
            }
            Evaluation.Step step = Evaluation.evaluate(edit, current);
            outcomes.add(outcome(ticket.writer, edit, current, step, sequence, decided.size(), time));
            if (step instanceof Evaluation.Step.Target target) {
                decided.add(new Decided(edit, current, target, (Outcome.Wrote) outcomes.get(outcomes.size() - 1)));
            }
        }
        rejectTakenValues(decided, outcomes);
        if (!decided.isEmpty() && Ticket.allLanded(outcomes)) {
            append(ticket, sequence, time, decided);
        }
        return outcomes;
    }

    /** From when on a guarded edit may land on {@code current}. No user's touch is later than the commit's time: times never fall. */
    private static long guardedUntil(Writer writer, PreparedEdit edit, @Nullable Image current) {
        long guard = Math.max(writer.guardMicros(), edit.guardMicros());
        return guard == 0 || current == null || current.userAuthor() == null
                ? Long.MIN_VALUE
                : current.userTimeMicros() + guard;
    }

    private static Outcome outcome(
            Writer writer,
            PreparedEdit edit,
            @Nullable Image current,
            Evaluation.Step step,
            long sequence,
            int ordinal,
            long time) {
        if (step instanceof Evaluation.Step.Target target) {
            Image after = after(writer, edit, current, target, ChangeId.of(sequence, ordinal), time);
            return new Outcome.Wrote(current, after, target.merged(), target.decided());
        }
        return Outcome.withoutWriting(step, current);
    }

    /** The record that {@code target} makes of {@code before}. */
    static Image after(
            Writer writer,
            PreparedEdit edit,
            @Nullable Image before,
            Evaluation.Step.Target target,
            long changeId,
            long time) {
        boolean byUser = writer.author().origin() == Origin.USER;
        @Nullable Object[] cells = target.cells();
        return new Image(
                edit.key(),
                before == null ? 1 : before.version() + 1,
                changeId,
                cells == null ? Image.Liveness.TOMBSTONE : Image.Liveness.LIVE,
                cells == null ? new Object[0] : cells,
                writer.author(),
                time,
                byUser ? writer.author().name() : before == null ? null : before.userAuthor(),
                byUser ? time : before == null ? 0 : before.userTimeMicros());
    }

    /** Unique values may move between the records of one ticket: all old cells are free before any new one is taken. */
    private void rejectTakenValues(List<Decided> decided, List<Outcome> outcomes) {
        for (Decided one : decided) {
            for (int ordinal : one.edit.store().uniqueOrdinals()) {
                Object old = cell(one.before, ordinal);
                if (old != null && one.target.changed().get(ordinal)) {
                    overlay.free(one.edit.store(), ordinal, old);
                }
            }
        }
        boolean taken = false;
        for (Decided one : decided) {
            for (int ordinal : one.edit.store().uniqueOrdinals()) {
                @Nullable Object[] cells = one.target.cells();
                Object value = cells == null ? null : cells[ordinal];
                if (value == null || !one.target.changed().get(ordinal)) {
                    continue;
                }
                Object owner = overlay.owner(one.edit.store(), ordinal, value);
                if (owner != null) {
                    taken = true;
                    outcomes.set(outcomes.indexOf(one.outcome), new Outcome.Broken(taken(one.edit, ordinal, owner)));
                } else {
                    overlay.own(one.edit.store(), ordinal, value, one.edit.key());
                }
            }
        }
        if (taken || !Ticket.allLanded(outcomes)) {
            restoreOwners(decided);
        }
    }

    private void restoreOwners(List<Decided> decided) {
        for (Decided one : decided) {
            for (int ordinal : one.edit.store().uniqueOrdinals()) {
                @Nullable Object[] cells = one.target.cells();
                Object value = cells == null ? null : cells[ordinal];
                if (value != null && one.edit.key().equals(overlay.owner(one.edit.store(), ordinal, value))) {
                    overlay.free(one.edit.store(), ordinal, value);
                }
            }
        }
        for (Decided one : decided) {
            for (int ordinal : one.edit.store().uniqueOrdinals()) {
                Object old = cell(one.before, ordinal);
                if (old != null) {
                    overlay.own(one.edit.store(), ordinal, old, one.edit.key());
                }
            }
        }
    }

    private static @Nullable Object cell(@Nullable Image image, int ordinal) {
        return image == null || !image.isLive() ? null : image.cells()[ordinal];
    }

    static RecordVerdict taken(PreparedEdit edit, int ordinal, Object owner) {
        Column<?> column = edit.store().schema().columns().get(ordinal);
        return new RecordVerdict(List.of(new CellVerdict.Rejected(
                column.name(),
                "unique",
                "has a value that the record " + owner + " already holds",
                "Choose another value, or change that record first.")));
    }

    private void append(Ticket ticket, long sequence, long time, List<Decided> decided) {
        List<LoggedChange> changes = new ArrayList<>(decided.size());
        for (Decided one : decided) {
            changes.add(change(one));
            overlay.put(one.edit.store(), one.before, one.outcome.after(), one.target.changed());
        }
        Writer writer = ticket.writer;
        LoggedHeader header =
                new LoggedHeader(sequence, time, writer.author(), writer.reason(), writer.correlationId());
        byte[] hash = HashChain.next(head.hash(), header, changes);
        commits.add(new LoggedCommit(header, changes, hash));
        ticket.provisionalSequence = sequence;
        head = new Head(sequence, time, hash);
    }

    private static LoggedChange change(Decided one) {
        StoreState<?, ?> store = one.edit.store();
        Image before = one.before;
        Image after = one.outcome.after();
        @Nullable Object[] beforeCells = before == null || !before.isLive() ? null : before.cells();
        @Nullable Object[] afterCells = after.isLive() ? after.cells() : null;
        PreparedEdit.Computed computed = one.edit.computed();
        BitSet changed = one.target.changed();
        byte[] delta = computed != null
                ? computed.delta()
                : DeltaCodec.encode(store.layout(), beforeCells, afterCells, changed);
        boolean checkpoint = after.version() % LoggedChange.CHECKPOINT_INTERVAL == 0;
        byte[] image = checkpoint
                ? DeltaCodec.encodeImage(
                        store.layout(),
                        afterCells == null ? new Object[store.layout().columns().size()] : afterCells)
                : null;
        return new LoggedChange(
                store.layout().id(),
                after.key(),
                after.version(),
                afterCells == null ? ChangeKind.DELETE : beforeCells == null ? ChangeKind.INSERT : ChangeKind.UPDATE,
                after.changeId(),
                before == null ? 0 : before.changeId(),
                delta,
                image);
    }
}
