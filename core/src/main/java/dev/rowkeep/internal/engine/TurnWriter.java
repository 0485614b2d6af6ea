package dev.rowkeep.internal.engine;

import dev.rowkeep.error.InterruptedWriteException;
import dev.rowkeep.internal.retry.Attempt;
import dev.rowkeep.spi.Image;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes that are computed by their caller from the record that is there: waits for the key's turn, computes on the pending or the
 * committed image, queues a strict write, hands the turn on, and waits for the outcome.
 *
 * <p>Who has lost to direct writes claims precedence: from the next attempt on, those take turns as well.
 *
 * <p>An outcome computed on a pending image, an exception and "nothing to do" included, is only answered once the write that
 * brings that image is durable; if that write did not land, the computation is run again without counting as a retry.
 */
final class TurnWriter {
    /** After so many broken chains in a row the race counts as lost, so that no loop is endless. */
    private static final int MAX_BROKEN_CHAINS = 100;

    private final CommitGate gate;
    private final CommittedImages images;

    /** Where committed images come from. */
    @FunctionalInterface
    interface CommittedImages {
        /** The newest committed image of a record; null if the key was never used. */
        @Nullable
        Image read(StoreState<?, ?> store, Object key);
    }

    TurnWriter(CommitGate gate, CommittedImages images) {
        this.gate = gate;
        this.images = images;
    }

    /** One attempt: lost if another writer came first; after that, {@code precedence} is claimed. */
    Attempt<Outcome> attempt(
            StoreState<?, ?> store,
            Object key,
            Writer writer,
            Turns.Precedence precedence,
            @Nullable Request request,
            Function<@Nullable Image, ClosureCompute.Computation> compute) {
        for (int broken = 0; broken < MAX_BROKEN_CHAINS; broken++) {
            Outcome outcome = attemptOnce(store, key, writer, precedence, request, compute);
            if (outcome instanceof Outcome.Late) {
                precedence.claim();
                return new Attempt.Lost<>(null);
            }
            if (!(outcome instanceof Outcome.ChainBroken)) {
                return new Attempt.Won<>(outcome);
            }
        }
        return new Attempt.Lost<>(null);
    }

    private Outcome attemptOnce(
            StoreState<?, ?> store,
            Object key,
            Writer writer,
            Turns.Precedence precedence,
            @Nullable Request request,
            Function<@Nullable Image, ClosureCompute.Computation> compute) {
        Turns turns = store.turns();
        acquire(store, key);
        Ticket ticket = null;
        Turns.Pending left = null;
        Outcome answer = null;
        RuntimeException thrown = null;
        Ticket predecessor = null;
        try {
            if (precedence.isClaimed()) {
                awaitQueued(writer);
            }
            Turns.Pending pending = turns.pending(key);
            predecessor = pending == null ? null : pending.ticket();
            Image basis = pending == null ? images.read(store, key) : pending.image();
            try {
                ClosureCompute.Computation computation = compute.apply(basis);
                if (computation instanceof ClosureCompute.Computation.Write write) {
                    ticket = new Ticket(List.of(write.edit()), writer, predecessor, null, request, null);
                    left = new Turns.Pending(pendingImage(java.util.Objects.requireNonNull(basis), write), ticket);
                } else {
                    answer = ((ClosureCompute.Computation.Answer) computation).outcome();
                }
            } catch (RuntimeException e) {
                thrown = e;
            }
            if (ticket == null && (predecessor != null || request != null)) {
                List<Outcome> answers = answer == null ? null : List.of(answer);
                ticket = new Ticket(List.of(), writer, predecessor, null, request, answers);
            }
            if (ticket != null) {
                gate.enqueue(ticket);
            }
        } finally {
            turns.release(key, left);
        }
        if (ticket != null) {
            Outcome settled = settle(turns, key, ticket, left != null);
            if (!(settled instanceof Outcome.Passed)) {
                boolean isLate = left != null && ticket.edits.get(0).isLate(settled);
                return isLate ? new Outcome.Late() : settled;
            }
        }
        if (thrown != null) {
            throw thrown;
        }
        return onDurable(java.util.Objects.requireNonNull(answer), predecessor);
    }

    /** Waits for the direct writes that were queued before precedence was claimed; later ones wait for the turn. */
    private void awaitQueued(Writer writer) {
        Ticket barrier = new Ticket(List.of(), writer, null, null);
        gate.enqueue(barrier);
        gate.await(barrier);
    }

    /** An answer computed on a pending image, with the image that became of it. */
    private static Outcome onDurable(Outcome answer, @Nullable Ticket predecessor) {
        if (predecessor == null || !(predecessor.outcomes().get(0) instanceof Outcome.Wrote wrote)) {
            return answer;
        }
        if (answer instanceof Outcome.Same) {
            return new Outcome.Same(wrote.after());
        }
        return answer instanceof Outcome.Clash clash
                ? new Outcome.Clash(clash.reason(), wrote.after(), clash.cells())
                : answer;
    }

    private Outcome settle(Turns turns, Object key, Ticket ticket, boolean leftPending) {
        try {
            gate.await(ticket);
        } finally {
            if (leftPending) {
                turns.settled(key, ticket);
            }
        }
        return ticket.outcomes().get(0);
    }

    /** A write that the leader decides on whatever is there; takes a turn where a closure claims precedence. */
    Outcome direct(PreparedEdit edit, Writer writer, @Nullable Request request) {
        Ticket ticket = new Ticket(List.of(edit), writer, null, null, request, null);
        Turns turns = edit.store().turns();
        boolean takesTurn = turns.isClaimed(edit.key());
        if (takesTurn) {
            acquire(edit.store(), edit.key());
        }
        try {
            gate.enqueue(ticket);
            gate.await(ticket);
        } finally {
            if (takesTurn) {
                turns.release(edit.key(), null);
            }
        }
        return ticket.outcomes().get(0);
    }

    /** What is known of a request, without doing anything. */
    Outcome asked(Writer writer, Request request) {
        Ticket ticket = new Ticket(List.of(), writer, null, null, request, null);
        gate.enqueue(ticket);
        gate.await(ticket);
        return ticket.outcomes().get(0);
    }

    private static void acquire(StoreState<?, ?> store, Object key) {
        try {
            store.turns().acquire(key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedWriteException(store.schema().name() + "/" + key, e);
        }
    }

    /** What the next holder of the turn stands on; only its version and cells mean anything. */
    private static Image pendingImage(Image basis, ClosureCompute.Computation.Write write) {
        return new Image(
                basis.key(),
                basis.version() + 1,
                0,
                Image.Liveness.LIVE,
                write.cells(),
                basis.author(),
                basis.timeMicros(),
                basis.userAuthor(),
                basis.userTimeMicros());
    }
}
