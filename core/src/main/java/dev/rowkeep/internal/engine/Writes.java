package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.DeferredException;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.spi.Image;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes of one record: by edit, by closure, and without waiting. */
final class Writes {
    private final CommitGate gate;
    private final TurnWriter turnWriter;
    private final RetryLoop retry;
    private final Results results;
    private final Repeats repeats;
    private final Observer observer;
    private final Executor callbacks;

    Writes(
            CommitGate gate,
            TurnWriter turnWriter,
            RetryLoop retry,
            Results results,
            Repeats repeats,
            Observer observer,
            Executor callbacks) {
        this.gate = gate;
        this.turnWriter = turnWriter;
        this.retry = retry;
        this.results = results;
        this.repeats = repeats;
        this.observer = observer;
        this.callbacks = callbacks;
    }

    <K, T> WriteResult<K, T> apply(StoreState<K, T> store, Writer writer, Edit<K, T> edit) {
        return apply(store, writer, edit, prepared -> Request.ofEdit(writer, prepared));
    }

    /** As {@link #apply(StoreState, Writer, Edit)}, as the request that {@code requests} makes of the edit. */
    <K, T> WriteResult<K, T> apply(
            StoreState<K, T> store,
            Writer writer,
            Edit<K, T> edit,
            Function<PreparedEdit, @Nullable Request> requests) {
        EditJudge.Judged judged = EditJudge.judge(store, edit);
        if (judged instanceof EditJudge.Judged.Refused refused) {
            requireUnusedId(writer);
            return results.rejected(store, refused.verdict());
        }
        PreparedEdit prepared = ((EditJudge.Judged.Ready) judged).edit();
        Request request = requests.apply(prepared);
        return result(store, edit, prepared, outcome(store, writer, prepared, request));
    }

    <K, T> CompletableFuture<WriteResult<K, T>> applyAsync(StoreState<K, T> store, Writer writer, Edit<K, T> edit) {
        EditJudge.Judged judged = EditJudge.judge(store, edit);
        if (judged instanceof EditJudge.Judged.Refused refused) {
            WriteResult<K, T> rejected = results.rejected(store, refused.verdict());
            CompletableFuture<Ticket> settled = new CompletableFuture<>();
            Request request = Request.ofNothing(writer);
            if (request == null) {
                return CompletableFuture.completedFuture(rejected);
            }
            gate.enqueue(new Ticket(List.of(), writer, null, settled, request, null));
            return settled.thenApply(ticket -> {
                requireUnused(ticket.outcomes().get(0));
                return rejected;
            });
        }
        PreparedEdit prepared = ((EditJudge.Judged.Ready) judged).edit();
        Request request = Request.ofEdit(writer, prepared);
        if (runsCallersCode(prepared)) {
            Supplier<WriteResult<K, T>> blocking =
                    () -> result(store, edit, prepared, outcome(store, writer, prepared, request));
            return CompletableFuture.supplyAsync(blocking, callbacks);
        }
        CompletableFuture<Ticket> settled = new CompletableFuture<>();
        CompletableFuture<WriteResult<K, T>> answer = settled.thenApply(
                ticket -> result(store, edit, prepared, ticket.outcomes().get(0)));
        gate.enqueue(new Ticket(List.of(prepared), writer, null, settled, request, null));
        return answer;
    }

    private Outcome outcome(StoreState<?, ?> store, Writer writer, PreparedEdit prepared, @Nullable Request request) {
        return runsCallersCode(prepared)
                ? byTurns(store, prepared.key(), writer, request, image -> ClosureCompute.edit(prepared, image))
                : turnWriter.direct(prepared, writer, request);
    }

    private <K, T> WriteResult<K, T> result(
            StoreState<K, T> store, Edit<K, T> edit, PreparedEdit prepared, Outcome outcome) {
        if (outcome instanceof Outcome.Repeated repeated) {
            return repeats.duplicate(store, edit, prepared, repeated.first());
        }
        if (outcome instanceof Outcome.Reused reused) {
            throw Repeats.reused(reused.first());
        }
        return results.result(store, edit, prepared.coercions(), outcome);
    }

    /** A request that breaks a rule whatever it meets is not kept, but must not be taken for one that was carried out before. */
    private void requireUnusedId(Writer writer) {
        Request request = Request.ofNothing(writer);
        if (request != null) {
            requireUnused(turnWriter.asked(writer, request));
        }
    }

    static void requireUnused(Outcome asked) {
        if (asked instanceof Outcome.Reused reused) {
            throw Repeats.reused(reused.first());
        }
    }

    <K, T> VersionedRecord<K, T> update(StoreState<K, T> store, Object key, Writer writer, UnaryOperator<T> change) {
        Request request = Request.ofClosure(writer, store, key);
        Outcome outcome = byTurns(store, key, writer, request, image -> ClosureCompute.closure(store, image, change));
        outcome = asTheFirstTime(store, key, null, outcome);
        if (outcome instanceof Outcome.Wrote wrote) {
            return Results.written(store, wrote);
        }
        if (outcome instanceof Outcome.Same same) {
            return store.record(same.current());
        }
        if (outcome instanceof Outcome.Broken broken) {
            results.rejected(store, broken.verdict());
            throw new RejectedException(store.schema().name(), broken.verdict());
        }
        requireNotDeferred(store, outcome);
        throw new RecordNotFoundException(store.schema().name(), key);
    }

    <K, T> VersionedRecord<K, T> delete(StoreState<K, T> store, Object key, Writer writer) {
        PreparedEdit edit = new PreparedEdit(
                store,
                key,
                ChangeKind.DELETE,
                null,
                List.of(),
                List.of(),
                new PreparedEdit.Stand.Anything(),
                null,
                List.of(),
                null);
        Outcome outcome = turnWriter.direct(edit, writer, Request.ofEdit(writer, edit));
        if (asTheFirstTime(store, key, edit, outcome) instanceof Outcome.Wrote wrote) {
            return Results.written(store, wrote);
        }
        requireNotDeferred(store, outcome);
        throw new RecordNotFoundException(store.schema().name(), key);
    }

    private static void requireNotDeferred(StoreState<?, ?> store, Outcome outcome) {
        if (outcome instanceof Outcome.Deferred deferred) {
            throw new DeferredException(Results.deferral(store, deferred));
        }
    }

    private Outcome asTheFirstTime(StoreState<?, ?> store, Object key, @Nullable PreparedEdit edit, Outcome outcome) {
        requireUnused(outcome);
        return outcome instanceof Outcome.Repeated repeated
                ? repeats.outcome(
                        store, key, edit, Repeats.kept(repeated.first()).get(0))
                : outcome;
    }

    /** Whether an edit's outcome must be computed by its caller, because the application's code has a say in it. */
    static boolean runsCallersCode(PreparedEdit edit) {
        return edit.kind() == ChangeKind.UPDATE && edit.store().needsCaller();
    }

    private Outcome byTurns(
            StoreState<?, ?> store,
            Object key,
            Writer writer,
            @Nullable Request request,
            Function<@Nullable Image, ClosureCompute.Computation> compute) {
        String name = store.schema().name();
        try (Turns.Precedence precedence = store.turns().precedence(key)) {
            return retry.run(
                    () -> name + "/" + key,
                    () -> turnWriter.attempt(store, key, writer, precedence, request, compute),
                    (attempt, waitMillis) -> observer.retried(name, attempt, Duration.ofMillis(waitMillis)));
        }
    }
}
