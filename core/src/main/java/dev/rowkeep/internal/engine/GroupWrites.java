package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.internal.codec.KeptOutcome;
import dev.rowkeep.internal.retry.Attempt;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoredRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Edits of several records and stores that land in one commit or not at all. */
final class GroupWrites {
    private final CommitGate gate;
    private final TurnWriter.CommittedImages images;
    private final RetryLoop retry;
    private final TurnWriter turnWriter;
    private final Results results;
    private final Repeats repeats;
    private final Observer observer;
    private final Function<Schema<?, ?>, StoreState<?, ?>> stores;
    private final LongFunction<Position> positions;
    private final Supplier<Long> head;

    /** An edit with its store, judged. */
    private record Member(StoreState<?, ?> store, Edit<?, ?> edit, EditJudge.Judged judged) {
        PreparedEdit prepared() {
            return ((EditJudge.Judged.Ready) judged).edit();
        }
    }

    /** A record's address, for finding two edits of one. */
    private record Address(int storeId, Object key) {}

    GroupWrites(
            CommitGate gate,
            TurnWriter.CommittedImages images,
            RetryLoop retry,
            TurnWriter turnWriter,
            Results results,
            Repeats repeats,
            Observer observer,
            Function<Schema<?, ?>, StoreState<?, ?>> stores,
            LongFunction<Position> positions,
            Supplier<Long> head) {
        this.gate = gate;
        this.images = images;
        this.retry = retry;
        this.turnWriter = turnWriter;
        this.results = results;
        this.repeats = repeats;
        this.observer = observer;
        this.stores = stores;
        this.positions = positions;
        this.head = head;
    }

    CommitResult commit(Writer writer, List<? extends Edit<?, ?>> edits) {
        return run(writer, edits, null).orElseThrow();
    }

    /** As {@link #commit(Writer, List)}; empty, with nothing done, if what {@code reads} takes note of has changed since. */
    Optional<CommitResult> commit(Writer writer, List<? extends Edit<?, ?>> edits, ReadSet reads) {
        return run(writer, edits, reads);
    }

    private Optional<CommitResult> run(Writer writer, List<? extends Edit<?, ?>> edits, @Nullable ReadSet reads) {
        if (edits.isEmpty() || edits.size() > ChangeId.MAX_CHANGES) {
            throw new IllegalArgumentException(
                    "A commit takes 1 to " + ChangeId.MAX_CHANGES + " edits, got " + edits.size() + ".");
        }
        List<Member> members = new ArrayList<>(edits.size());
        for (Edit<?, ?> edit : edits) {
            members.add(member(edit));
        }
        List<WriteResult<?, ?>> refused = new ArrayList<>();
        for (Member member : members) {
            if (member.judged instanceof EditJudge.Judged.Refused refusal) {
                refused.add(results.rejected(member.store, refusal.verdict()));
            }
        }
        if (!refused.isEmpty()) {
            Request asked = Request.ofNothing(writer);
            if (asked != null) {
                Writes.requireUnused(turnWriter.asked(writer, asked));
            }
            return Optional.of(new CommitResult.Refused(refused));
        }
        requireDistinct(members);
        Request request =
                Request.ofCommit(writer, members.stream().map(Member::prepared).toList());
        return retry.run(
                () -> "a commit of " + edits.size() + " edits",
                () -> attempt(writer, members, request, reads),
                (attempt, waitMillis) ->
                        observer.retried(members.get(0).store.schema().name(), attempt, Duration.ofMillis(waitMillis)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Member member(Edit<?, ?> edit) {
        StoreState store = stores.apply(edit.schema());
        return new Member(store, edit, EditJudge.judge(store, (Edit) edit));
    }

    private static void requireDistinct(List<Member> members) {
        Set<Address> seen = new HashSet<>();
        for (Member member : members) {
            PreparedEdit edit = member.prepared();
            if (!seen.add(new Address(member.store.layout().id(), edit.key()))) {
                throw new IllegalArgumentException("Two edits of one commit are of the same record "
                        + member.store.schema().name() + "/" + edit.key() + ". Say what you want of it in one edit.");
            }
        }
    }

    private Attempt<Optional<CommitResult>> attempt(
            Writer writer, List<Member> members, @Nullable Request request, @Nullable ReadSet reads) {
        List<PreparedEdit> edits = new ArrayList<>(members.size());
        List<Outcome> answers = new ArrayList<>();
        boolean computed = false;
        for (Member member : members) {
            PreparedEdit edit = member.prepared();
            if (Writes.runsCallersCode(edit)) {
                var computation = ClosureCompute.edit(edit, images.read(member.store, edit.key()));
                if (computation instanceof ClosureCompute.Computation.Write write) {
                    edit = write.edit();
                    computed = true;
                } else {
                    Outcome answer = ((ClosureCompute.Computation.Answer) computation).outcome();
                    if (answer instanceof Outcome.Same same) {
                        edit = unchanged(edit, same.current());
                        computed = true;
                    } else {
                        answers.add(answer);
                    }
                }
            }
            edits.add(edit);
        }
        List<Outcome> outcomes = answers.isEmpty() ? List.of() : evaluateAll(edits, members);
        Ticket ticket = null;
        if (answers.isEmpty() || request != null) {
            ticket = answers.isEmpty()
                    ? Ticket.ofGroup(edits, writer, reads, request)
                    : new Ticket(List.of(), writer, null, null, request, outcomes);
            gate.enqueue(ticket);
            gate.await(ticket);
            List<Outcome> settled = ticket.outcomes();
            Writes.requireUnused(settled.get(0));
            if (settled.get(0) instanceof Outcome.Repeated repeated) {
                return new Attempt.Won<>(Optional.of(duplicate(members, repeated.first())));
            }
            if (settled.get(0) instanceof Outcome.Outdated) {
                return new Attempt.Won<>(Optional.empty());
            }
            outcomes = answers.isEmpty() ? settled : outcomes;
        }
        if (computed && raced(members, outcomes)) {
            return new Attempt.Lost<>(null);
        }
        return new Attempt.Won<>(Optional.of(result(members, outcomes, ticket == null ? 0 : ticket.sequence())));
    }

    /** The answer to a request that was sent before. */
    private CommitResult duplicate(List<Member> members, StoredRequest first) {
        List<KeptOutcome> kept = Repeats.kept(first);
        List<WriteResult<?, ?>> problems = new ArrayList<>();
        List<WriteResult<?, ?>> each = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (kept.get(i) instanceof KeptOutcome.Spared) {
                continue;
            }
            WriteResult<?, ?> result = firstResult(members.get(i), kept.get(i));
            boolean isProblem = result instanceof WriteResult.Conflicted || result instanceof WriteResult.Rejected;
            (isProblem ? problems : each).add(result);
        }
        Position position = positions.apply(first.sequence());
        return new CommitResult.Duplicate(
                problems.isEmpty() ? new CommitResult.Committed(position, each) : new CommitResult.Refused(problems),
                position);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private WriteResult<?, ?> firstResult(Member member, KeptOutcome kept) {
        return repeats.result((StoreState) member.store, (Edit) member.edit, member.prepared(), kept);
    }

    /** An edit that changes nothing, if the record still is what its caller saw. */
    private static PreparedEdit unchanged(PreparedEdit edit, Image seen) {
        return edit.computedOn(
                seen.version(), new PreparedEdit.Computed(seen.cells(), new BitSet(), new byte[0], false, List.of()));
    }

    /** What each edit would meet, for telling all problems of a group that is refused anyway. */
    private List<Outcome> evaluateAll(List<PreparedEdit> edits, List<Member> members) {
        List<Outcome> outcomes = new ArrayList<>(edits.size());
        for (int i = 0; i < edits.size(); i++) {
            PreparedEdit edit = edits.get(i);
            outcomes.add(ClosureCompute.met(edit, images.read(members.get(i).store, edit.key())));
        }
        return outcomes;
    }

    /** Whether an edit that did not ask to be strict met another version than it was computed on. */
    private static boolean raced(List<Member> members, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            PreparedEdit edit = members.get(i).prepared();
            if (outcomes.get(i) instanceof Outcome.Clash clash
                    && clash.reason() == Conflict.Reason.STALE_VERSION
                    && !(edit.stand() instanceof PreparedEdit.Stand.Version)) {
                return true;
            }
        }
        return false;
    }

    private CommitResult result(List<Member> members, List<Outcome> outcomes, long sequence) {
        boolean landed = Ticket.allLanded(outcomes) && outcomes.stream().noneMatch(Outcome.Passed.class::isInstance);
        List<WriteResult<?, ?>> each = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (landed || !outcomes.get(i).landed()) {
                each.add(result(members.get(i), outcomes.get(i)));
            }
        }
        return landed
                ? new CommitResult.Committed(positions.apply(sequence == 0 ? head.get() : sequence), each)
                : new CommitResult.Refused(each);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private WriteResult<?, ?> result(Member member, Outcome outcome) {
        List<CellVerdict.Coerced> coercions = member.prepared().coercions();
        return results.result((StoreState) member.store, (Edit) member.edit, coercions, outcome);
    }
}
