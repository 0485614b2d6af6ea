package dev.rowkeep.storage.tck;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork.RecordRef;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A commit plan in the making, as core would make it: versions, ids, links and folded steps follow from what the view holds.
 * What only core understands (deltas, checkpoint images, hashes) is arbitrary bytes, the same for the same place in the log.
 *
 * <p>Used by one thread, within one call of {@code decide}.
 */
final class PlanDraft {
    static final Author ANA = Author.user("ana");
    static final long FIRST_TIME = 1_700_000_000_000_000L;
    static final long STEP_MICROS = 1_000;

    private final CommitView view;
    private final Map<RecordRef, Step> steps = new LinkedHashMap<>();
    private final List<LoggedCommit> commits = new ArrayList<>();
    private List<LoggedChange> changes = new ArrayList<>();
    private final List<StoredRequest> requests = new ArrayList<>();
    private long forgetBeforeMicros;
    private int forgetMost;
    private long sequence;
    private long timeMicros;
    private Author author = ANA;
    private @Nullable String reason;
    private @Nullable String correlationId;
    private byte @Nullable [] nextDelta;

    private static final class Step {
        private final @Nullable Image before;
        private final List<Image> versions = new ArrayList<>();

        private Step(@Nullable Image before) {
            this.before = before;
        }

        private @Nullable Image newest() {
            return versions.isEmpty() ? before : versions.get(versions.size() - 1);
        }
    }

    PlanDraft(CommitView view) {
        this.view = view;
        this.sequence = view.head().sequence() + 1;
        this.timeMicros = sequence == 1 ? FIRST_TIME : view.head().timeMicros() + STEP_MICROS;
    }

    CommitView view() {
        return view;
    }

    /** Says who makes the changes from here on. */
    PlanDraft by(Author writer) {
        author = writer;
        return this;
    }

    /** Says when the commit is made that is being drafted. */
    PlanDraft at(long commitTimeMicros) {
        timeMicros = commitTimeMicros;
        return this;
    }

    /** Says why the commit is made that is being drafted. */
    PlanDraft because(@Nullable String why, @Nullable String correlation) {
        reason = why;
        correlationId = correlation;
        return this;
    }

    /** Ends this commit; what follows belongs to the next. */
    PlanDraft next() {
        LoggedHeader header = new LoggedHeader(sequence, timeMicros, author, reason, correlationId);
        commits.add(new LoggedCommit(header, List.copyOf(changes), bytes(sequence * 31 + timeMicros, 32)));
        changes = new ArrayList<>();
        sequence++;
        timeMicros += STEP_MICROS;
        reason = null;
        correlationId = null;
        return this;
    }

    /** Stores a request as of {@code at}, its fingerprint and outcome made of its id. */
    PlanDraft request(String id, long at) {
        requests.add(new StoredRequest(
                id, at, view.head().sequence(), bytes(id.hashCode(), 32), bytes(~id.hashCode(), 1 + id.length())));
        return this;
    }

    /** Forgets those of the {@code most} oldest requests that are from before {@code beforeMicros}. */
    PlanDraft forgetting(int most, long beforeMicros) {
        forgetMost = most;
        forgetBeforeMicros = beforeMicros;
        return this;
    }

    /** Gives the next change this delta. */
    PlanDraft withDelta(byte[] delta) {
        nextDelta = delta;
        return this;
    }

    /** Makes the record's step stand on {@code before}, whatever the storage holds: a plan that comes too late. */
    PlanDraft standingOn(StoreLayout layout, Object key, @Nullable Image before) {
        steps.put(new RecordRef(layout, key), new Step(before));
        return this;
    }

    /** Inserts the record, or gives it other cells. */
    PlanDraft put(StoreLayout layout, Object key, @Nullable Object... cells) {
        return change(layout, key, Liveness.LIVE, cells.clone());
    }

    /** Deletes the record, or leaves a further tombstone. */
    PlanDraft delete(StoreLayout layout, Object key) {
        return change(layout, key, Liveness.TOMBSTONE, new Object[0]);
    }

    /** What the record is at this point of the draft. */
    @Nullable
    Image current(StoreLayout layout, Object key) {
        return step(layout, key).newest();
    }

    /** The plan; empty if nothing was changed. */
    CommitPlan plan() {
        if (!changes.isEmpty()) {
            next();
        }
        List<RowWrite> writes = new ArrayList<>();
        steps.forEach((record, step) -> {
            if (!step.versions.isEmpty()) {
                Image after = step.versions.get(step.versions.size() - 1);
                writes.add(new RowWrite(
                        record.layout(), step.before, List.copyOf(step.versions), changed(step.before, after)));
            }
        });
        RequestWrites stored = requests.isEmpty()
                ? RequestWrites.none()
                : new RequestWrites(List.copyOf(requests), forgetBeforeMicros, forgetMost);
        return new CommitPlan(List.copyOf(commits), writes, stored);
    }

    private PlanDraft change(StoreLayout layout, Object key, Liveness liveness, @Nullable Object[] cells) {
        Step step = step(layout, key);
        Image base = step.newest();
        long version = base == null ? 1 : base.version() + 1;
        long id = ChangeId.of(sequence, changes.size());
        byte[] delta = nextDelta != null ? nextDelta : bytes(id, (int) (id % 40));
        nextDelta = null;
        changes.add(new LoggedChange(
                layout.id(),
                key,
                version,
                kind(base, liveness),
                id,
                base == null ? 0 : base.changeId(),
                delta,
                version % LoggedChange.CHECKPOINT_INTERVAL == 0 ? bytes(~id, 50) : null));
        boolean byUser = author.origin() == Origin.USER;
        step.versions.add(new Image(
                key,
                version,
                id,
                liveness,
                cells,
                author,
                timeMicros,
                byUser ? author.name() : base == null ? null : base.userAuthor(),
                byUser ? timeMicros : base == null ? 0 : base.userTimeMicros()));
        return this;
    }

    private Step step(StoreLayout layout, Object key) {
        return steps.computeIfAbsent(new RecordRef(layout, key), record -> new Step(view.image(layout, key)));
    }

    private static ChangeKind kind(@Nullable Image base, Liveness liveness) {
        if (liveness == Liveness.TOMBSTONE) {
            return ChangeKind.DELETE;
        }
        return base != null && base.isLive() ? ChangeKind.UPDATE : ChangeKind.INSERT;
    }

    private static BitSet changed(@Nullable Image before, Image after) {
        BitSet changed = new BitSet();
        if (before != null && before.isLive()) {
            for (int i = 0; i < after.cells().length; i++) {
                changed.set(i, i >= before.cells().length || !Objects.equals(before.cells()[i], after.cells()[i]));
            }
        }
        return changed;
    }

    /** {@code length} bytes that follow from {@code seed}. */
    static byte[] bytes(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }
}
