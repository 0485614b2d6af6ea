package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.internal.retry.Attempt;
import dev.rowkeep.internal.retry.RetryLoop;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What authors have undone, and what is left to undo and redo.
 *
 * <p>The stack is the log itself: the author's commits, newest first. What the log does not say is kept in a store of the library's own, one
 * record for each commit that was undone or redone: written in the commit that does it, strictly on the version that was read, so that
 * it is done once.
 */
final class UndoStack {
    private static final Column<Long> COMMIT = Column.integer("commit");
    private static final Column<Boolean> UNDONE = Column.bool("undone").required();

    /** The library's own store: by a commit's sequence, whether it is undone. */
    static final Schema<Long, Row> SCHEMA = Schema.dynamic("rowkeep_undone", COMMIT, UNDONE);

    /** Commits read at once: few at first, for mostly the author wrote just now. */
    private static final int FIRST_PAGE = 16;

    private static final int MOST_AT_ONCE = 1024;

    private final Engine engine;
    private final RetryLoop retry;
    private final Observer observer;
    private final Storage storage;
    private final Inverse inverse;

    /**
     * Something to take back.
     *
     * @param commit the author's commit that is undone or redone
     * @param mark what is kept of that; empty if it never was undone
     * @param landed the commit whose changes stand now, and are taken back
     */
    record Step(long commit, Optional<VersionedRecord<Long, Row>> mark, LoggedCommit landed) {}

    UndoStack(Engine engine, RetryLoop retry, Observer observer) {
        this.engine = engine;
        this.retry = retry;
        this.observer = observer;
        this.storage = engine.storage();
        this.inverse = new Inverse(engine);
    }

    /** Checks that what cannot be the same twice is not asked for as a request. */
    static void requireNoRequest(Writer writer, String call) {
        if (writer.requestId() != null) {
            throw new IllegalStateException(
                    "What " + call + "() does changes with each call, so it takes no request id. Call it"
                            + " in a session without one.");
        }
    }

    CommitResult undo(Writer writer) {
        return run(writer, "undo", this::toUndo, true);
    }

    CommitResult redo(Writer writer) {
        return run(writer, "redo", this::toRedo, false);
    }

    /** Takes back one commit, without a mark: to the author's stack this is a commit like any other. */
    CommitResult undo(Writer writer, LoggedCommit commit) {
        long sequence = commit.header().sequence();
        return retry.run(
                () -> "undo of commit " + sequence,
                () -> engine.erasures()
                        .commitOfHistory(reasoned(writer, "undo", sequence), () -> inverse.of(commit))
                        .<Attempt<CommitResult>>map(result -> new Attempt.Won<>(withErased(result, asItIs(commit))))
                        .orElseGet(() -> new Attempt.Lost<>(null)),
                (attempt, waitMillis) -> observer.retried(SCHEMA.name(), attempt, Duration.ofMillis(waitMillis)));
    }

    /** A commit that was read before, without what was erased since. */
    private LoggedCommit asItIs(LoggedCommit commit) {
        return storage.commitAt(commit.header().sequence()).orElse(commit);
    }

    List<Edit<?, ?>> inverseOf(LoggedCommit commit) {
        return inverse.of(commit);
    }

    private CommitResult run(Writer writer, String verb, Function<Author, Optional<Step>> next, boolean undoes) {
        return retry.run(
                () -> verb + " of " + writer.author() + "'s newest commit",
                () -> attempt(writer, verb, next, undoes),
                (attempt, waitMillis) -> observer.retried(SCHEMA.name(), attempt, Duration.ofMillis(waitMillis)));
    }

    private Attempt<CommitResult> attempt(
            Writer writer, String verb, Function<Author, Optional<Step>> next, boolean undoes) {
        Optional<Step> step = next.apply(writer.author());
        if (step.isEmpty()) {
            return new Attempt.Won<>(nothing());
        }
        CommitResult result = take(reasoned(writer, verb, step.get().commit()), step.get(), undoes)
                .orElse(null);
        return result == null || isOvertaken(result)
                ? new Attempt.Lost<>(null)
                : new Attempt.Won<>(
                        withErased(withoutMark(result), asItIs(step.get().landed())));
    }

    private Optional<CommitResult> take(Writer writer, Step step, boolean undoes) {
        return engine.erasures().commitOfHistory(writer, () -> edits(step, undoes));
    }

    private List<Edit<?, ?>> edits(Step step, boolean undoes) {
        List<Edit<?, ?>> edits = new ArrayList<>(inverse.of(step.landed()));
        edits.add(step.mark()
                .map(mark ->
                        Edit.update(SCHEMA, step.commit()).set(UNDONE, undoes).expecting(mark.version()))
                .orElseGet(
                        () -> Edit.insert(SCHEMA, Row.of(SCHEMA, step.commit()).with(UNDONE, undoes))));
        return edits;
    }

    private CommitResult nothing() {
        return new CommitResult.Committed(
                engine.position(engine.storage().head().sequence()), List.of());
    }

    private static Writer reasoned(Writer writer, String verb, long commit) {
        return writer.reason() == null ? writer.because(verb + " of commit " + commit) : writer;
    }

    /** Whether another call has undone or redone the same commit meanwhile. */
    private static boolean isOvertaken(CommitResult result) {
        return result instanceof CommitResult.Refused refused
                && refused.problems().stream()
                        .anyMatch(problem -> problem instanceof WriteResult.Conflicted<?, ?> conflicted
                                && conflicted.conflict().mine().schema() == SCHEMA);
    }

    private CommitResult withErased(CommitResult result, LoggedCommit takenBack) {
        return result instanceof CommitResult.Committed committed
                ? new CommitResult.Committed(committed.position(), committed.results(), inverse.erased(takenBack))
                : result;
    }

    private static CommitResult withoutMark(CommitResult result) {
        if (result instanceof CommitResult.Committed committed) {
            List<WriteResult<?, ?>> results = committed.results();
            return new CommitResult.Committed(committed.position(), results.subList(0, results.size() - 1));
        }
        return result;
    }

    /** The author's newest commit that stands. */
    Optional<Step> toUndo(Author author) {
        Walk walk = new Walk(author);
        for (LoggedCommit commit = walk.next(); commit != null; commit = walk.next()) {
            if (marked(commit) == 0) {
                long sequence = commit.header().sequence();
                Optional<VersionedRecord<Long, Row>> mark = mark(sequence);
                if (mark.isEmpty()) {
                    return Optional.of(new Step(sequence, mark, commit));
                }
                if (!isUndone(mark.get())) {
                    return landed(mark.get()).map(landed -> new Step(sequence, mark, landed));
                }
            }
        }
        return Optional.empty();
    }

    /** The author's newest commit that is undone, if nothing but undoing and redoing came after. */
    Optional<Step> toRedo(Author author) {
        Walk walk = new Walk(author);
        for (LoggedCommit commit = walk.next(); commit != null; commit = walk.next()) {
            long sequence = marked(commit);
            if (sequence == 0) {
                return Optional.empty();
            }
            Optional<VersionedRecord<Long, Row>> mark = mark(sequence);
            if (mark.isPresent() && isUndone(mark.get())) {
                return landed(mark.get()).map(landed -> new Step(sequence, mark, landed));
            }
        }
        return Optional.empty();
    }

    private Optional<VersionedRecord<Long, Row>> mark(long sequence) {
        return engine.reads().get(engine.state(SCHEMA), sequence);
    }

    private static boolean isUndone(VersionedRecord<Long, Row> mark) {
        return mark.value().require(UNDONE);
    }

    /** The commit that set a mark; empty if the log holds it no more, and with it none before. */
    private Optional<LoggedCommit> landed(VersionedRecord<Long, Row> mark) {
        return storage.commitAt(mark.position().sequence());
    }

    /** The commit that this one undoes or redoes; 0 if it is a commit of another kind. */
    private long marked(LoggedCommit commit) {
        int own = engine.state(SCHEMA).layout().id();
        for (LoggedChange change : commit.changes()) {
            if (change.storeId() == own) {
                return (Long) change.key();
            }
        }
        return 0;
    }

    /** An author's commits that changed an application's records or the marks, newest first, as far as is looked. */
    private final class Walk {
        private final Author author;
        private final long last;
        private long from;
        private int most = FIRST_PAGE;
        private List<LoggedCommit> page = List.of();
        private int left;

        Walk(Author author) {
            this.author = author;
            this.from = storage.head().sequence();
            this.last = Math.max(storage.start().sequence(), from - Session.UNDO_REACH);
        }

        @Nullable
        LoggedCommit next() {
            while (true) {
                while (left > 0) {
                    LoggedCommit commit = page.get(--left);
                    if (commit.header().author().equals(author) && isEdit(commit)) {
                        return commit;
                    }
                }
                if (from == last) {
                    return null;
                }
                long after = Math.max(last, from - most);
                page = storage.commitsAfter(after, (int) (from - after));
                left = page.size();
                from = after;
                most = Math.min(MOST_AT_ONCE, most * 4);
            }
        }

        private boolean isEdit(LoggedCommit commit) {
            return marked(commit) != 0 || commit.changes().stream().anyMatch(change -> !engine.isOwn(change.storeId()));
        }
    }
}
