package dev.rowkeep.internal.engine;

import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.log.UnconfirmedException;
import dev.rowkeep.spi.StorageException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One atomic write in the commit gate's queue: edits that land together or not at all. Without edits it is a barrier, which only
 * learns whether its predecessor landed.
 *
 * <p>State: {@code stage} goes QUEUED → TAKEN → DONE, or QUEUED → CANCELLED. {@code outcomes}, {@code failure} and
 * {@code sequence} are written by the leader before DONE and read after it. {@code provisional} belongs to the leader.
 */
final class Ticket {
    enum Stage {
        QUEUED,
        TAKEN,
        DONE,
        CANCELLED
    }

    final List<PreparedEdit> edits;
    final Writer writer;
    /** The ticket whose pending image this one was computed on. */
    final @Nullable Ticket predecessor;
    /** Completed, on an executor, when the ticket is done; null if {@code waiter} waits. */
    final @Nullable CompletableFuture<Ticket> future;

    /** What must not have changed for this to land; null if there is nothing that it has read. */
    final @Nullable ReadSet reads;

    /** What the caller calls this write; null if it has no id. */
    final @Nullable Request request;

    /** What the caller, or the storage, has found out already and only has to be kept of the request; null if nothing. */
    private @Nullable List<Outcome> answers;

    private final @Nullable Thread waiter;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);

    /** What this run of the arbiter decided; not an answer before the batch is durable. */
    List<Outcome> provisional = List.of();

    private List<Outcome> outcomes = List.of();
    private @Nullable Throwable failure;
    private long sequence;
    /** The sequence given by this run of the arbiter; 0 if nothing is written. */
    long provisionalSequence;

    Ticket(
            List<PreparedEdit> edits,
            Writer writer,
            @Nullable Ticket predecessor,
            @Nullable CompletableFuture<Ticket> future) {
        this(edits, writer, predecessor, future, null, null);
    }

    Ticket(
            List<PreparedEdit> edits,
            Writer writer,
            @Nullable Ticket predecessor,
            @Nullable CompletableFuture<Ticket> future,
            @Nullable Request request,
            @Nullable List<Outcome> answers) {
        this(edits, writer, predecessor, future, null, request, answers);
    }

    private Ticket(
            List<PreparedEdit> edits,
            Writer writer,
            @Nullable Ticket predecessor,
            @Nullable CompletableFuture<Ticket> future,
            @Nullable ReadSet reads,
            @Nullable Request request,
            @Nullable List<Outcome> answers) {
        this.edits = edits;
        this.request = request;
        this.answers = answers;
        this.writer = writer;
        this.predecessor = predecessor;
        this.future = future;
        this.reads = reads;
        this.waiter = future == null ? Thread.currentThread() : null;
    }

    /** What a transaction writes, if what it has {@code reads} is as it was; its caller waits. */
    static Ticket ofTransaction(List<PreparedEdit> edits, Writer writer, ReadSet reads) {
        return new Ticket(edits, writer, null, null, reads, null, null);
    }

    /** Edits that land together, if what was read for them is as it was; their caller waits. */
    static Ticket ofGroup(List<PreparedEdit> edits, Writer writer, @Nullable ReadSet reads, @Nullable Request request) {
        return new Ticket(edits, writer, null, null, reads, request, null);
    }

    /** What is known already of the request's outcome; null if nothing. */
    @Nullable
    List<Outcome> answers() {
        return answers;
    }

    /** Has {@code found} kept as the outcome. Only for the leader. */
    void answer(List<Outcome> found) {
        answers = found;
    }

    boolean take() {
        return stage.compareAndSet(Stage.QUEUED, Stage.TAKEN);
    }

    boolean cancel() {
        return stage.compareAndSet(Stage.QUEUED, Stage.CANCELLED);
    }

    boolean isSettled() {
        Stage now = stage.get();
        return now == Stage.DONE || now == Stage.CANCELLED;
    }

    boolean isCancelled() {
        return stage.get() == Stage.CANCELLED;
    }

    /** Makes the provisional outcomes final. */
    void settle() {
        outcomes = provisional;
        sequence = provisionalSequence;
        stage.set(Stage.DONE);
    }

    void fail(Throwable cause) {
        failure = cause;
        stage.set(Stage.DONE);
    }

    boolean hasWaiter() {
        return waiter != null;
    }

    void wake() {
        LockSupport.unpark(waiter);
    }

    /** Whether every edit landed, durably. */
    boolean landed() {
        return stage.get() == Stage.DONE && failure == null && allLanded(outcomes);
    }

    /** Whether every edit landed as far as the present run of the arbiter has decided. */
    boolean landedProvisionally() {
        Stage now = stage.get();
        return now == Stage.DONE ? landed() : now == Stage.TAKEN && !provisional.isEmpty() && allLanded(provisional);
    }

    static boolean allLanded(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (!outcome.landed()) {
                return false;
            }
        }
        return true;
    }

    /** The outcomes, one per edit; throws what the write failed with. */
    List<Outcome> outcomes() {
        Throwable cause = failure;
        if (cause instanceof StorageException e) {
            throw new StorageException(e.kind(), String.valueOf(e.getMessage()), e);
        }
        if (cause instanceof UnknownOutcomeException e) {
            throw new UnknownOutcomeException(target(), e);
        }
        if (cause instanceof UnconfirmedException e) {
            throw new UnconfirmedException(e.position(), e.timeout());
        }
        if (cause != null) {
            throw new IllegalStateException("The commit of " + target() + " failed; nothing was written.", cause);
        }
        if (!outcomes.isEmpty() && outcomes.get(0) instanceof Outcome.Fenced fenced) {
            throw new LeaseLostException(fenced.lease(), fenced.newest());
        }
        return outcomes;
    }

    /** What is written, for messages. */
    String target() {
        return edits.stream()
                .limit(3)
                .map(edit -> edit.store().schema().name() + "/" + edit.key())
                .collect(Collectors.joining(", ", "", edits.size() > 3 ? " and " + (edits.size() - 3) + " more" : ""));
    }

    long sequence() {
        return sequence;
    }
}
