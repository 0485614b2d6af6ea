package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What callers compute from an image before they queue: the work of closures, and of edits that run an application's code. */
final class ClosureCompute {
    /** What computing gave. */
    sealed interface Computation {
        /** A strict write, and the cells it will leave. */
        record Write(PreparedEdit edit, @Nullable Object[] cells) implements Computation {}

        /** An answer without a write. */
        record Answer(Outcome outcome) implements Computation {}
    }

    private ClosureCompute() {}

    /** Runs a closure on {@code image}. */
    static <K, T> Computation closure(StoreState<K, T> store, @Nullable Image image, UnaryOperator<T> change) {
        if (image == null || !image.isLive()) {
            return new Computation.Answer(new Outcome.Clash(Conflict.Reason.MISSING, image, List.of()));
        }
        Schema<K, T> schema = store.schema();
        T changed;
        try (CallbackScope scope = CallbackScope.enter("closure")) {
            changed = change.apply(schema.mapping().value(image.key(), image.cells()));
        }
        requireSameKey(schema, image, changed);
        try (CallbackScope scope = CallbackScope.enter("validator")) {
            return judged(store, image, schema.mapping().cells(changed));
        }
    }

    /** Evaluates an edit on {@code image} on the caller's thread, where it may run the application's code. */
    static Computation edit(PreparedEdit edit, @Nullable Image image) {
        Evaluation.Step step;
        try (CallbackScope scope = CallbackScope.enter("validator")) {
            step = Evaluation.evaluate(edit, image);
        }
        if (step instanceof Evaluation.Step.Target target && target.cells() != null && image != null) {
            @Nullable Object[] cells = target.cells();
            byte[] delta = DeltaCodec.encode(edit.store().layout(), image.cells(), cells, target.changed());
            return new Computation.Write(
                    edit.computedOn(
                            image.version(),
                            new PreparedEdit.Computed(
                                    cells, target.changed(), delta, target.merged(), target.decided())),
                    cells);
        }
        return new Computation.Answer(Outcome.withoutWriting(step, image));
    }

    /** What an edit would meet on {@code image}, of a group that lands in no case. */
    static Outcome met(PreparedEdit edit, @Nullable Image image) {
        Evaluation.Step step;
        try (CallbackScope scope = CallbackScope.enter("validator")) {
            step = Evaluation.evaluate(edit, image);
        }
        return step instanceof Evaluation.Step.Target ? new Outcome.Passed() : Outcome.withoutWriting(step, image);
    }

    private static <T> void requireSameKey(Schema<?, T> schema, Image image, @Nullable T changed) {
        if (changed == null) {
            throw new IllegalArgumentException(
                    "The closure on store " + schema.name() + " returned null. To delete a record, call delete.");
        }
        Object key = schema.mapping().key(changed);
        if (!image.key().equals(key)) {
            throw new IllegalArgumentException("The closure on store " + schema.name()
                    + " changed the key. Keys do not change: delete the old record and insert the new one.");
        }
    }

    private static Computation judged(StoreState<?, ?> store, Image image, @Nullable Object[] raw) {
        Schema<?, ?> schema = store.schema();
        @Nullable Object[] cells = image.cells().clone();
        BitSet changed = new BitSet(cells.length);
        List<CellVerdict> rejected = new ArrayList<>(0);
        for (int i = 0; i < cells.length; i++) {
            Object before = cells[i];
            if (raw[i] == before || (raw[i] != null && raw[i].equals(before))) {
                continue;
            }
            Column<?> column = schema.columns().get(i);
            CellVerdict verdict = column.judge(raw[i]);
            if (verdict instanceof CellVerdict.Rejected) {
                rejected.add(verdict);
                continue;
            }
            Object after = verdict instanceof CellVerdict.Coerced coerced
                    ? coerced.value()
                    : ((CellVerdict.Accepted) verdict).value();
            if (!Objects.equals(before, after)) {
                cells[i] = after;
                changed.set(i);
            }
        }
        if (!rejected.isEmpty()) {
            return new Computation.Answer(new Outcome.Broken(new RecordVerdict(rejected)));
        }
        if (changed.isEmpty()) {
            return new Computation.Answer(new Outcome.Same(image));
        }
        RecordVerdict whole = schema.judge(image.key(), cells);
        if (!whole.isAccepted()) {
            return new Computation.Answer(new Outcome.Broken(whole));
        }
        PreparedEdit edit = new PreparedEdit(
                store,
                image.key(),
                ChangeKind.UPDATE,
                null,
                List.of(),
                List.of(),
                new PreparedEdit.Stand.Version(image.version()),
                new PreparedEdit.Computed(
                        cells,
                        changed,
                        DeltaCodec.encode(store.layout(), image.cells(), cells, changed),
                        false,
                        List.of()),
                List.of(),
                null);
        return new Computation.Write(edit, cells);
    }
}
