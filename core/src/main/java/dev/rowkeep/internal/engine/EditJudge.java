package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.edit.Basis;
import dev.rowkeep.edit.CellOperation;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Coerces and judges an edit's cells on its caller's thread, before it queues. */
final class EditJudge {
    /** What judging an edit gave. */
    sealed interface Judged {
        /** The edit can go to the arbiter. */
        record Ready(PreparedEdit edit) implements Judged {}

        /** It breaks a rule whatever it meets. */
        record Refused(RecordVerdict verdict) implements Judged {}
    }

    private EditJudge() {}

    /**
     * Judges {@code edit}.
     *
     * @throws IllegalArgumentException if it stands on nothing although it must, or changes nothing
     */
    static <K, T> Judged judge(StoreState<K, T> store, Edit<K, T> edit) {
        requireBasis(store.schema(), edit);
        try (CallbackScope scope = CallbackScope.enter("validator")) {
            List<CellVerdict> verdicts = new ArrayList<>();
            Object key = take(store.schema().judgeKey(edit.rawKey()), verdicts);
            return edit.kind() == ChangeKind.INSERT
                    ? insert(store, edit, key, verdicts)
                    : change(store, edit, key, verdicts);
        }
    }

    /** The cells of {@code record} in canonical form, whether or not they fit today's rules. */
    static @Nullable Object[] canonicalCells(Schema<?, ?> schema, @Nullable Object[] raw) {
        @Nullable Object[] cells = new Object[raw.length];
        for (int i = 0; i < raw.length; i++) {
            cells[i] = canonical(schema.columns().get(i), raw[i]);
        }
        return cells;
    }

    private static @Nullable Object canonical(Column<?> column, @Nullable Object raw) {
        if (raw == null || isCanonical(column.type().kind(), raw)) {
            return raw;
        }
        CellVerdict verdict = column.judge(raw);
        if (verdict instanceof CellVerdict.Accepted accepted) {
            return accepted.value();
        }
        return verdict instanceof CellVerdict.Coerced coerced ? coerced.value() : raw;
    }

    /** Whether a value is surely in canonical form: a decimal may have another scale, a time be finer, a double be -0. */
    private static boolean isCanonical(Kind kind, Object raw) {
        return raw.getClass() == kind.canonical()
                && kind != Kind.DECIMAL
                && kind != Kind.TIMESTAMP
                && kind != Kind.DOUBLE;
    }

    private static void requireBasis(Schema<?, ?> schema, Edit<?, ?> edit) {
        if (edit.kind() == ChangeKind.INSERT) {
            return;
        }
        boolean commutes = edit.kind() == ChangeKind.UPDATE
                && edit.operations().values().stream().noneMatch(CellOperation.Put.class::isInstance);
        if (edit.basis() instanceof Basis.Unstated && !commutes) {
            throw new IllegalArgumentException("An edit of store " + schema.name()
                    + " that sets cells or deletes must say what it stands on: add expecting(version) or basedOn(record)."
                    + " Only add, union, remove and append stand on nothing.");
        }
        if (edit.kind() == ChangeKind.UPDATE && edit.operations().isEmpty() && edit.basis() instanceof Basis.Unstated) {
            throw new IllegalArgumentException(
                    "An edit of store " + schema.name() + " changes nothing. Say set, add, union, remove or append.");
        }
    }

    private static @Nullable Object take(CellVerdict verdict, List<CellVerdict> verdicts) {
        if (verdict instanceof CellVerdict.Accepted accepted) {
            return accepted.value();
        }
        verdicts.add(verdict);
        return verdict instanceof CellVerdict.Coerced coerced ? coerced.value() : null;
    }

    private static Judged insert(
            StoreState<?, ?> store, Edit<?, ?> edit, @Nullable Object key, List<CellVerdict> verdicts) {
        Schema<?, ?> schema = store.schema();
        @Nullable Object[] cells = new Object[schema.columns().size()];
        int known = 0;
        for (int i = 0; i < cells.length; i++) {
            Column<?> column = schema.columns().get(i);
            CellOperation operation = edit.operations().get(column.name());
            known += operation == null ? 0 : 1;
            @Nullable Object raw = operation instanceof CellOperation.Put put ? put.raw() : null;
            cells[i] = take(column.judgeInserted(raw), verdicts);
        }
        if (known < edit.operations().size()) {
            rejectUnknown(schema, edit, verdicts);
        }
        RecordVerdict verdict = new RecordVerdict(verdicts);
        if (verdict.isAccepted() && key != null) {
            RecordVerdict whole = schema.judge(key, cells);
            if (whole.isAccepted()) {
                return new Judged.Ready(new PreparedEdit(
                        store,
                        key,
                        ChangeKind.INSERT,
                        cells,
                        List.of(),
                        List.of(),
                        new PreparedEdit.Stand.Anything(),
                        null,
                        verdict.coercions(),
                        edit));
            }
            verdicts.addAll(whole.violations());
        }
        return new Judged.Refused(new RecordVerdict(verdicts));
    }

    private static void rejectUnknown(Schema<?, ?> schema, Edit<?, ?> edit, List<CellVerdict> verdicts) {
        Set<String> unknown = new LinkedHashSet<>(edit.operations().keySet());
        schema.columns().forEach(column -> unknown.remove(column.name()));
        for (String name : unknown) {
            verdicts.add(new CellVerdict.Rejected(
                    name,
                    "unknownColumn",
                    "is no column of store " + schema.name(),
                    "Leave it out, or add the column to the schema."));
        }
    }

    private static <K, T> Judged change(
            StoreState<K, T> store, Edit<K, T> edit, @Nullable Object key, List<CellVerdict> verdicts) {
        Schema<K, T> schema = store.schema();
        List<PreparedEdit.Put> puts = new ArrayList<>();
        List<PreparedEdit.Operation> operations = new ArrayList<>();
        for (Map.Entry<String, CellOperation> entry : edit.operations().entrySet()) {
            Column<?> column = schema.column(entry.getKey());
            int ordinal = schema.ordinal(column);
            if (entry.getValue() instanceof CellOperation.Put put) {
                puts.add(new PreparedEdit.Put(ordinal, take(column.judge(put.raw()), verdicts)));
            } else {
                requireOperand(column, entry.getValue(), verdicts);
                operations.add(new PreparedEdit.Operation(ordinal, entry.getValue()));
            }
        }
        RecordVerdict verdict = new RecordVerdict(verdicts);
        if (!verdict.isAccepted()) {
            return new Judged.Refused(verdict);
        }
        return new Judged.Ready(new PreparedEdit(
                store,
                Objects.requireNonNull(key),
                edit.kind(),
                null,
                puts,
                operations,
                stand(schema, edit),
                null,
                verdict.coercions(),
                edit));
    }

    /** Texts that are appended or put into a set obey the same form as texts that are set. */
    private static void requireOperand(Column<?> column, CellOperation operation, List<CellVerdict> verdicts) {
        Object operand = operation instanceof CellOperation.Append append
                ? append.suffix()
                : operation instanceof CellOperation.Union union ? union.elements() : null;
        if (operand != null && column.judgeOperand(operand) instanceof CellVerdict.Rejected rejected) {
            verdicts.add(rejected);
        }
    }

    private static <K, T> PreparedEdit.Stand stand(Schema<K, T> schema, Edit<K, T> edit) {
        if (edit.basis() instanceof Basis.Expecting expecting) {
            return new PreparedEdit.Stand.Version(expecting.version());
        }
        if (edit.basis() instanceof Basis.On on) {
            VersionedRecord<?, ?> record = on.record();
            if (edit.kind() == ChangeKind.DELETE) {
                return new PreparedEdit.Stand.Version(record.version());
            }
            @SuppressWarnings("unchecked")
            T value = (T) record.value();
            return new PreparedEdit.Stand.Cells(
                    record.version(), canonicalCells(schema, schema.mapping().cells(value)));
        }
        return new PreparedEdit.Stand.Anything();
    }
}
