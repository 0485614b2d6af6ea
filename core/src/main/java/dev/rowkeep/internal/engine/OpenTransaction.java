package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a transaction's closure. Belongs to its thread. */
final class OpenTransaction implements Transaction {
    /** The name of the callback that a transaction's closure is. */
    static final String CALLBACK = "transaction";

    private final Engine engine;
    private final Writer writer;
    private final long timeMicros;
    private final ReadSet reads;
    private final WriteBuffer writes;
    private final TransactionView view;
    private final TransactionBudget budget;
    private final Thread thread = Thread.currentThread();
    private boolean hasEnded;

    OpenTransaction(
            Engine engine,
            Writer writer,
            long timeMicros,
            ReadSet reads,
            WriteBuffer writes,
            TransactionView view,
            TransactionBudget budget) {
        this.engine = engine;
        this.writer = writer;
        this.timeMicros = timeMicros;
        this.reads = reads;
        this.writes = writes;
        this.view = view;
        this.budget = budget;
    }

    @Override
    public Position position() {
        check("position");
        return engine.position(reads.sequence());
    }

    @Override
    public <K, T> TransactionStore<K, T> on(RecordStore<K, T> store) {
        check("on");
        return new TransactionHandle<>(engine, this, engine.own(store));
    }

    /**
     * Lets a call in.
     *
     * @throws IllegalStateException if the closure has returned, or on another thread
     * @throws dev.rowkeep.error.ReentrantCallException from inside a closure, validator or merge of the transaction's own
     * @throws dev.rowkeep.error.TransactionLimitException if a limit has been exceeded
     */
    void check(String call) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("Cannot " + call
                    + ": a transaction belongs to the thread that its closure runs on. Do the call there.");
        }
        if (hasEnded) {
            throw new IllegalStateException("Cannot " + call
                    + ": the transaction's closure has returned. Use the transaction only inside its closure.");
        }
        CallbackScope.refuseBut(CALLBACK, call);
        engine.entry().requireOpen();
        budget.check();
    }

    void checkWrite(String call) {
        check(call);
        engine.entry().requireWritable(call);
    }

    TransactionView view() {
        return view;
    }

    /** Keeps {@code target} of a record that the transaction sees as {@code seen}; gives the record as it then is. */
    Image write(PreparedEdit edit, @Nullable Image seen, Evaluation.Step.Target target) {
        WriteBuffer.Written own = writes.of(edit.store().layout(), edit.key());
        Image before = own == null ? seen : own.before();
        Image after = Arbiter.after(writer, edit, before, target, ChangeId.of(reads.sequence(), 0), timeMicros);
        Image kept = writes.put(edit.store(), before, after);
        budget.written(writes.size());
        return kept;
    }

    /** Ends the run: no call is let in any more. */
    void end() {
        hasEnded = true;
    }

    /**
     * What is to be written.
     *
     * @throws dev.rowkeep.error.TransactionLimitException if a limit has been exceeded
     */
    List<PreparedEdit> edits() {
        budget.check();
        return writes.edits();
    }

    ReadSet reads() {
        return reads;
    }
}
