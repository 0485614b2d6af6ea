package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.store.Draft;
import dev.rowkeep.store.Session;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who writes through an open handle. */
record KeepSession(Engine engine, Writer writer) implements Session {
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
        return new KeepSession(engine, new Writer(writer.author(), checked("reason", reason), writer.correlationId()));
    }

    @Override
    public Session correlatedBy(String correlationId) {
        return new KeepSession(
                engine, new Writer(writer.author(), writer.reason(), checked("correlation id", correlationId)));
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
        return engine.transactions().run(writer, body);
    }

    @Override
    public Draft draft() {
        engine.entry().checkWrite("draft");
        return new KeepDraft(engine, writer);
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
