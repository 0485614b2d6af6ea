package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
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
    private final Observer observer;
    private final Executor callbacks;

    Writes(
            CommitGate gate,
            TurnWriter turnWriter,
            RetryLoop retry,
            Results results,
            Observer observer,
            Executor callbacks) {
        this.gate = gate;
        this.turnWriter = turnWriter;
        this.retry = retry;
        this.results = results;
        this.observer = observer;
        this.callbacks = callbacks;
    }

    <K, T> WriteResult<K, T> apply(StoreState<K, T> store, Writer writer, Edit<K, T> edit) {
        EditJudge.Judged judged = EditJudge.judge(store, edit);
        if (judged instanceof EditJudge.Judged.Refused refused) {
            return results.rejected(store, refused.verdict());
        }
        PreparedEdit prepared = ((EditJudge.Judged.Ready) judged).edit();
        Outcome outcome = runsCallersCode(prepared)
                ? byTurns(store, prepared.key(), writer, image -> ClosureCompute.edit(prepared, image))
                : turnWriter.direct(prepared, writer);
        return results.result(store, edit, prepared.coercions(), outcome);
    }

    <K, T> CompletableFuture<WriteResult<K, T>> applyAsync(StoreState<K, T> store, Writer writer, Edit<K, T> edit) {
        EditJudge.Judged judged = EditJudge.judge(store, edit);
        if (judged instanceof EditJudge.Judged.Refused refused) {
            return CompletableFuture.completedFuture(results.rejected(store, refused.verdict()));
        }
        PreparedEdit prepared = ((EditJudge.Judged.Ready) judged).edit();
        if (runsCallersCode(prepared)) {
            Supplier<WriteResult<K, T>> blocking = () -> results.result(
                    store,
                    edit,
                    prepared.coercions(),
                    byTurns(store, prepared.key(), writer, image -> ClosureCompute.edit(prepared, image)));
            return CompletableFuture.supplyAsync(blocking, callbacks);
        }
        CompletableFuture<Ticket> settled = new CompletableFuture<>();
        CompletableFuture<WriteResult<K, T>> answer = settled.thenApply(ticket -> results.result(
                store, edit, prepared.coercions(), ticket.outcomes().get(0)));
        gate.enqueue(new Ticket(List.of(prepared), writer, null, settled));
        return answer;
    }

    <K, T> VersionedRecord<K, T> update(StoreState<K, T> store, Object key, Writer writer, UnaryOperator<T> change) {
        Outcome outcome = byTurns(store, key, writer, image -> ClosureCompute.closure(store, image, change));
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
        throw new RecordNotFoundException(store.schema().name(), key);
    }

    <K, T> VersionedRecord<K, T> delete(StoreState<K, T> store, Object key, Writer writer) {
        Outcome outcome = turnWriter.direct(
                new PreparedEdit(
                        store,
                        key,
                        ChangeKind.DELETE,
                        null,
                        List.of(),
                        List.of(),
                        new PreparedEdit.Stand.Anything(),
                        null,
                        List.of(),
                        null),
                writer);
        if (outcome instanceof Outcome.Wrote wrote) {
            return Results.written(store, wrote);
        }
        throw new RecordNotFoundException(store.schema().name(), key);
    }

    /** Whether an edit's outcome must be computed by its caller, because the application's code has a say in it. */
    static boolean runsCallersCode(PreparedEdit edit) {
        return edit.kind() == ChangeKind.UPDATE && edit.store().needsCaller();
    }

    private Outcome byTurns(
            StoreState<?, ?> store,
            Object key,
            Writer writer,
            Function<@Nullable Image, ClosureCompute.Computation> compute) {
        String name = store.schema().name();
        try (Turns.Precedence precedence = store.turns().precedence(key)) {
            return retry.run(
                    () -> name + "/" + key,
                    () -> turnWriter.attempt(store, key, writer, precedence, compute),
                    (attempt, waitMillis) -> observer.retried(name, attempt, Duration.ofMillis(waitMillis)));
        }
    }
}
