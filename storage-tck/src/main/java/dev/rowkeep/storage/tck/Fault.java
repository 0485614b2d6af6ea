package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.util.List;
import java.util.function.UnaryOperator;

/** What happens to one commit on a {@link FaultyStorage}. */
public final class Fault {
    private final String name;
    private final Course course;

    /** What a commit does instead of its ordinary course. */
    interface Course {
        void run(Storage storage, CommitWork work, Runnable disconnect);
    }

    private Fault(String name, Course course) {
        this.name = name;
        this.course = course;
    }

    /** Nothing: the commit takes its ordinary course. */
    public static Fault none() {
        return new Fault("none", (storage, work, disconnect) -> storage.commit(work));
    }

    /** {@code BUSY} before anything is decided. */
    public static Fault busy() {
        return new Fault("busy", (storage, work, disconnect) -> {
            throw failure(Kind.BUSY);
        });
    }

    /** {@code PERMANENT} before anything is decided. */
    public static Fault permanent() {
        return new Fault("permanent", (storage, work, disconnect) -> {
            throw failure(Kind.PERMANENT);
        });
    }

    /** {@code ROLLED_BACK} after the decision; nothing is written. */
    public static Fault rolledBack() {
        return undone(Kind.ROLLED_BACK);
    }

    /** {@code STALE} after the decision, as if the plan stood on something else; nothing is written. */
    public static Fault stale() {
        return undone(Kind.STALE);
    }

    /** {@code UNIQUE_TAKEN} after the decision; nothing is written. */
    public static Fault uniqueTaken() {
        return undone(Kind.UNIQUE_TAKEN);
    }

    /** {@code UNKNOWN_OUTCOME} of a commit that was written. */
    public static Fault unknownAndWritten() {
        return new Fault("unknown and written", (storage, work, disconnect) -> {
            storage.commit(work);
            throw failure(Kind.UNKNOWN_OUTCOME);
        });
    }

    /** {@code UNKNOWN_OUTCOME} of a commit that was not written. */
    public static Fault unknownAndNotWritten() {
        return undone(Kind.UNKNOWN_OUTCOME);
    }

    /**
     * The commit is written, but its answer and the connection are lost: {@code UNKNOWN_OUTCOME}, and until
     * {@link Storage#recover} every call fails as {@code ROLLED_BACK}.
     */
    public static Fault lostAcknowledgement() {
        return new Fault("lost acknowledgement", (storage, work, disconnect) -> {
            storage.commit(work);
            disconnect.run();
            throw failure(Kind.UNKNOWN_OUTCOME);
        });
    }

    /** As {@link #lostAcknowledgement()}, but the commit was not written. */
    public static Fault lostRequest() {
        return new Fault("lost request", (storage, work, disconnect) -> {
            rollBack(storage, work);
            disconnect.run();
            throw failure(Kind.UNKNOWN_OUTCOME);
        });
    }

    /** The storage rolls back by itself and has the batch decided again before it writes. */
    public static Fault decidedTwice() {
        return new Fault("decided twice", (storage, work, disconnect) -> {
            rollBack(storage, work);
            storage.commit(work);
        });
    }

    /** The commit has the write lock and waits at {@code hold} before it is decided. */
    public static Fault heldBeforeDeciding(Hold hold) {
        return new Fault(
                "held before deciding",
                (storage, work, disconnect) -> storage.commit(new Detour(work, hold::pass, plan -> plan)));
    }

    /** The commit is decided and waits at {@code hold} before it is written. */
    public static Fault heldBeforeWriting(Hold hold) {
        return new Fault(
                "held before writing",
                (storage, work, disconnect) -> storage.commit(new Detour(work, () -> {}, plan -> {
                    hold.pass();
                    return plan;
                })));
    }

    /** The commit is written and waits at {@code hold} before it is acknowledged; reads already see it. */
    public static Fault heldBeforeAnswering(Hold hold) {
        return new Fault("held before answering", (storage, work, disconnect) -> {
            storage.commit(work);
            hold.pass();
        });
    }

    void run(Storage storage, CommitWork work, Runnable disconnect) {
        course.run(storage, work, disconnect);
    }

    /** Names the fault. */
    @Override
    public String toString() {
        return name;
    }

    private static Fault undone(Kind kind) {
        return new Fault("decided, then " + kind, (storage, work, disconnect) -> {
            rollBack(storage, work);
            throw failure(kind);
        });
    }

    /** Has the work decided and nothing written, by the rule that what a decision throws is passed on after a rollback. */
    private static void rollBack(Storage storage, CommitWork work) {
        RolledBack signal = new RolledBack();
        try {
            storage.commit(new Detour(work, () -> {}, plan -> {
                throw signal;
            }));
        } catch (RolledBack e) {
            if (e != signal) {
                throw e;
            }
        }
    }

    static StorageException failure(Kind kind) {
        return new StorageException(kind, "Injected by the test: " + kind, null);
    }

    private record Detour(CommitWork work, Runnable before, UnaryOperator<CommitPlan> after) implements CommitWork {
        @Override
        public List<RecordRef> reads() {
            return work.reads();
        }

        @Override
        public CommitPlan decide(CommitView view) {
            before.run();
            return after.apply(work.decide(view));
        }
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
