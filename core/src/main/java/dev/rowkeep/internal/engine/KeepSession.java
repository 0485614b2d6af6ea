package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.Leases;
import dev.rowkeep.retention.Retention;
import dev.rowkeep.snapshot.Snapshots;
import dev.rowkeep.store.Draft;
import dev.rowkeep.store.Session;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionResult;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who writes through an open handle. */
record KeepSession(Engine engine, Writer writer) implements Session {
    private static final Duration SHORTEST_GUARD = Duration.of(1, ChronoUnit.MICROS);
    private static final Duration LONGEST_GUARD = Duration.ofDays(365);

    @Override
    public Author author() {
        return writer.author();
    }

    @Override
    public Optional<String> reason() {
        return Optional.ofNullable(writer.reason());
    }

    @Override
    public Optional<String> correlationId() {
        return Optional.ofNullable(writer.correlationId());
    }

    @Override
    public Session because(String reason) {
        return new KeepSession(engine, writer.because(checked("reason", reason)));
    }

    @Override
    public Session correlatedBy(String correlationId) {
        return new KeepSession(engine, writer.correlatedBy(checked("correlation id", correlationId)));
    }

    @Override
    public Session unlessTouchedWithin(Duration time) {
        if (time.compareTo(SHORTEST_GUARD) < 0 || time.compareTo(LONGEST_GUARD) > 0) {
            throw new IllegalArgumentException(
                    "A guard is for " + SHORTEST_GUARD + " to " + LONGEST_GUARD + ", got " + time + ".");
        }
        return new KeepSession(engine, writer.guarded(TimeUnit.MICROSECONDS.convert(time)));
    }

    @Override
    public Optional<String> requestId() {
        return Optional.ofNullable(writer.requestId());
    }

    @Override
    public Session forRequest(String requestId) {
        requireId("A request id", requestId, MAX_REQUEST_ID_LENGTH, "Pass a UUID, a message's id or a file's name.");
        return new KeepSession(engine, writer.forRequest(requestId));
    }

    /** Checks a name that a caller gave to something of its own. */
    static void requireId(String what, String id, int maxLength, String advice) {
        if (id.isBlank() || id.length() > maxLength || id.codePoints().anyMatch(KeepSession::isUnfit)) {
            throw new IllegalArgumentException(what + " has 1 to " + maxLength
                    + " characters, no control characters and no half of a surrogate pair; this one has "
                    + id.length() + " characters. " + advice);
        }
    }

    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    @Override
    public Session fencedBy(Lease lease) {
        engine.entry().checkWrite("fencedBy");
        return new KeepSession(engine, writer.fencedBy(new Fence(engine.state(KeepLeases.SCHEMA), lease)));
    }

    @Override
    public Leases leases() {
        engine.entry().check("leases");
        return new KeepLeases(engine, writer);
    }

    @Override
    public ErasureResult erase(Subject subject) {
        engine.entry().checkWrite("erase");
        return engine.erasures().erase(writer, subject);
    }

    @Override
    public Retention retention() {
        engine.entry().check("retention");
        return engine.retention(writer);
    }

    @Override
    public Snapshots snapshots() {
        engine.entry().check("snapshots");
        return new KeepSnapshots(engine, writer);
    }

    @Override
    public CommitResult commit(List<? extends Edit<?, ?>> edits) {
        engine.entry().checkWrite("commit");
        return engine.groupWrites().commit(writer, edits);
    }

    @Override
    public <R extends @Nullable Object> TransactionResult<R> inTransaction(
            Function<? super Transaction, ? extends R> body) {
        engine.entry().check("inTransaction");
        if (writer.requestId() != null || writer.guardMicros() > 0) {
            throw new IllegalStateException(
                    "A transaction takes no request id and no guard. Run it in a session without them:"
                            + " for a request, read by query and commit the edits with session.commit; for a guard, look at"
                            + " Condition.touchedByUserSince inside the transaction, which is checked when it lands.");
        }
        return engine.transactions().run(writer, body);
    }

    @Override
    public Draft draft() {
        engine.entry().checkWrite("draft");
        return new KeepDraft(engine, writer);
    }

    @Override
    public CommitResult undo() {
        requireUndo("undo");
        return engine.undoStack().undo(writer);
    }

    @Override
    public CommitResult redo() {
        requireUndo("redo");
        return engine.undoStack().redo(writer);
    }

    @Override
    public CommitResult undo(Position commit) {
        requireUndo("undo");
        return engine.undoStack().undo(writer, engine.commitAt(commit));
    }

    @Override
    public Optional<Commit> toUndo() {
        engine.entry().checkWrite("toUndo");
        return engine.undoStack().toUndo(writer.author()).map(step -> engine.decoded(step.landed()));
    }

    @Override
    public Optional<Commit> toRedo() {
        engine.entry().checkWrite("toRedo");
        return engine.undoStack().toRedo(writer.author()).map(step -> engine.decoded(step.landed()));
    }

    @Override
    public List<Edit<?, ?>> inverseOf(Position commit) {
        engine.entry().check("inverseOf");
        return engine.undoStack().inverseOf(engine.commitAt(commit));
    }

    private void requireUndo(String call) {
        engine.entry().checkWrite(call);
        UndoStack.requireNoRequest(writer, call);
    }

    private static String checked(String what, String text) {
        if (text.length() > MAX_REASON_LENGTH
                || text.codePoints().anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
            throw new IllegalArgumentException("A " + what + " has at most " + MAX_REASON_LENGTH
                    + " characters and no U+0000 or half of a surrogate pair; this one has " + text.length()
                    + " characters. Cut texts between code points.");
        }
        return text;
    }
}
