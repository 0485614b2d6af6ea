package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.RejectedException;
import dev.rowkeep.internal.retry.Attempt;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionLimits;
import dev.rowkeep.store.TransactionResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serializable transactions, optimistic: the closure reads a snapshot and writes into a buffer, holding nobody up; what it has read is
 * checked inside the commit, against all that was committed since and what the batch has made of it so far. A run that lost is run
 * again. Transactions take no turns.
 *
 * <p>Everything that is written has been read first, be it only that it was not there. So a transaction whose reads still hold finds
 * the very images that it has computed its writes on.
 */
final class Transactions {
    private final Engine engine;
    private final Storage storage;
    private final CommitGate gate;
    private final RetryLoop retry;
    private final Observer observer;
    private final Clock clock;
    private final TransactionLimits limits;

    Transactions(
            Engine engine,
            Storage storage,
            CommitGate gate,
            RetryLoop retry,
            Observer observer,
            Clock clock,
            TransactionLimits limits) {
        this.engine = engine;
        this.storage = storage;
        this.gate = gate;
        this.retry = retry;
        this.observer = observer;
        this.clock = clock;
        this.limits = limits;
    }

    <R extends @Nullable Object> TransactionResult<R> run(
            Writer writer, Function<? super Transaction, ? extends R> body) {
        return retry.run(
                () -> "a transaction",
                () -> attempt(writer, body),
                (attempt, waitMillis) ->
                        observer.retried(OpenTransaction.CALLBACK, attempt, Duration.ofMillis(waitMillis)));
    }

    private <R extends @Nullable Object> Attempt<TransactionResult<R>> attempt(
            Writer writer, Function<? super Transaction, ? extends R> body) {
        OpenTransaction transaction;
        R value;
        try (StorageSnapshot snapshot = storage.snapshot()) {
            transaction = begin(writer, snapshot);
            value = read(transaction, body);
        }
        List<PreparedEdit> edits = transaction.edits();
        if (edits.isEmpty()) {
            return new Attempt.Won<>(new TransactionResult<>(value, Optional.empty()));
        }
        Ticket ticket = Ticket.ofTransaction(edits, writer, transaction.reads());
        gate.enqueue(ticket);
        gate.await(ticket);
        for (Outcome outcome : ticket.outcomes()) {
            if (outcome instanceof Outcome.Outdated || outcome instanceof Outcome.Clash) {
                return new Attempt.Lost<>(null);
            }
        }
        requireAccepted(edits, ticket.outcomes());
        Position landed = engine.position(ticket.sequence());
        return new Attempt.Won<>(new TransactionResult<>(value, Optional.of(landed)));
    }

    private OpenTransaction begin(Writer writer, StorageSnapshot snapshot) {
        TransactionBudget budget = new TransactionBudget(limits);
        ReadSet reads = new ReadSet(snapshot.head().sequence(), limits.mostChanges());
        WriteBuffer writes = new WriteBuffer();
        int mostKeys = storage.capabilities().maxKeysPerRead();
        TransactionView view = new TransactionView(snapshot, mostKeys, writes, reads, budget);
        long now = StoreState.micros(clock.instant());
        return new OpenTransaction(engine, writer, now, reads, writes, view, budget);
    }

    private static <R extends @Nullable Object> R read(
            OpenTransaction transaction, Function<? super Transaction, ? extends R> body) {
        try (CallbackScope scope = CallbackScope.enter(OpenTransaction.CALLBACK)) {
            return body.apply(transaction);
        } finally {
            transaction.end();
        }
    }

    private void requireAccepted(List<PreparedEdit> edits, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Broken broken) {
                StoreState<?, ?> store = edits.get(i).store();
                engine.results().rejected(store, broken.verdict());
                throw new RejectedException(store.schema().name(), broken.verdict());
            }
        }
    }
}
