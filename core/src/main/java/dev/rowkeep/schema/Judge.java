package dev.rowkeep.schema;

import dev.rowkeep.error.RowKeepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges cells, raw rows and whole records against the rules of their schema. */
final class Judge {
    private static final String CONSTRUCTOR = "constructor";

    private Judge() {}

    static <C> CellVerdict judge(Column<C> column, @Nullable Object raw) {
        CellVerdict read = CellReader.read(column, raw);
        if (read instanceof CellVerdict.Rejected) {
            return read;
        }
        Object value = CellReader.value(read);
        if (value == null) {
            return column.isRequired() ? Verdicts.missing(column, raw) : read;
        }
        Violations broken = new Violations();
        test(column, value, broken);
        return broken.isEmpty() ? read : broken.list().get(0);
    }

    static <C> CellVerdict judgeInserted(Column<C> column, @Nullable Object raw) {
        CellVerdict read = CellReader.read(column, raw);
        return isMissing(read) && column.canonicalDefault() != null ? fallback(column, raw) : judge(column, raw);
    }

    private static boolean isMissing(CellVerdict read) {
        return !(read instanceof CellVerdict.Rejected) && CellReader.value(read) == null;
    }

    private static CellVerdict fallback(Column<?> column, @Nullable Object raw) {
        Object value = column.canonicalDefault();
        return raw == null ? Verdicts.accepted(column, value) : Verdicts.coerced(column, raw, value, Why.BLANK);
    }

    static <K, T> Parsed<T> parse(Schema<K, T> schema, Map<String, ?> raw) {
        List<CellVerdict> verdicts = new ArrayList<>();
        CellVerdict key = Keys.judge(schema, raw.get(schema.key().name()));
        verdicts.add(key);
        List<Column<?>> columns = schema.columns();
        @Nullable Object[] cells = new Object[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            Column<?> column = columns.get(i);
            cells[i] = parse(column, raw.get(column.name()), verdicts);
        }
        UnknownColumns.addTo(verdicts, schema, raw);
        Object canonicalKey = CellReader.value(key);
        if (canonicalKey == null || !new RecordVerdict(verdicts).isAccepted()) {
            return new Parsed<>(new RecordVerdict(verdicts), Optional.empty());
        }
        Violations broken = new Violations();
        T value = whole(schema, canonicalKey, cells, broken);
        verdicts.addAll(broken.list());
        return new Parsed<>(
                new RecordVerdict(verdicts), broken.isEmpty() ? Optional.ofNullable(value) : Optional.empty());
    }

    /** The violations only. This runs for every committed edit: where all is right, nothing lasting is allocated. */
    static <K, T> RecordVerdict judgeWhole(Schema<K, T> schema, Object key, @Nullable Object[] cells) {
        List<Column<?>> columns = schema.columns();
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("A record of store " + schema.name() + " has " + columns.size()
                    + " cells beside its key, got " + cells.length + ".");
        }
        Violations broken = new Violations();
        for (int i = 0; i < cells.length; i++) {
            test(columns.get(i), cells[i], broken);
        }
        if (broken.isEmpty() && (!schema.checks().isEmpty() || schema.mapping().mayRefuse())) {
            whole(schema, key, cells, broken);
        }
        return broken.verdict();
    }

    /** Adds a verdict on the cell, or one per broken rule; gives its canonical value. */
    private static <C> @Nullable Object parse(Column<C> column, @Nullable Object raw, List<CellVerdict> verdicts) {
        CellVerdict read = CellReader.read(column, raw);
        if (isMissing(read) && column.canonicalDefault() != null) {
            read = fallback(column, raw);
        }
        Object value = CellReader.value(read);
        Violations broken = new Violations();
        if (value != null) {
            test(column, value, broken);
        } else if (column.isRequired() && !(read instanceof CellVerdict.Rejected)) {
            broken.add(Verdicts.missing(column, raw));
        }
        if (broken.isEmpty()) {
            verdicts.add(read);
        } else {
            verdicts.addAll(broken.list());
        }
        return value;
    }

    /** Tests a canonical cell: required, its size, every rule. */
    private static <C> void test(Column<C> column, @Nullable Object value, Violations broken) {
        if (value == null) {
            if (column.isRequired()) {
                broken.add(Verdicts.missing(column, null));
            }
            return;
        }
        CellVerdict.Rejected oversize = CellSize.violation(column, value);
        if (oversize != null) {
            broken.add(oversize);
            return;
        }
        List<Rule<C>> rules = column.rules();
        if (rules.isEmpty()) {
            return;
        }
        C own;
        try {
            own = column.type().fromCanonical(value);
        } catch (RowKeepException e) {
            broken.add(EnumCells.unknown(column, value));
            return;
        }
        for (int i = 0; i < rules.size(); i++) {
            Rule<C> rule = rules.get(i);
            Trial trial = Trial.of(rule.test(), own);
            if (!trial.passed()) {
                String message = trial.message(rule.message(), "could not be judged: the rule");
                broken.add(new CellVerdict.Rejected(
                        column.name(), rule.name(), Shape.of(value) + " " + message, trial.fix(rule.fix())));
            }
        }
    }

    /** Makes the record, which its own constructor may refuse, and runs the checks over it. */
    private static <K, T> @Nullable T whole(
            Schema<K, T> schema, Object key, @Nullable Object[] cells, Violations broken) {
        T value;
        try {
            value = schema.mapping().value(key, cells);
        } catch (RowKeepException e) {
            Throwable cause = e.getCause();
            String message = cause == null
                    ? "the record cannot be made: " + e.getMessage()
                    : Trial.threw("the record's constructor", cause);
            broken.add(new CellVerdict.Rejected(
                    CONSTRUCTOR, CONSTRUCTOR, message, "Give values that the constructor accepts."));
            return null;
        }
        List<Check<T>> checks = schema.checks();
        for (int i = 0; i < checks.size(); i++) {
            Check<T> check = checks.get(i);
            Trial trial = Trial.of(check.test(), value);
            if (!trial.passed()) {
                String message = trial.message("the record fails the check", "the check");
                broken.add(new CellVerdict.Rejected(check.name(), check.name(), message, trial.fix(check.fix())));
            }
        }
        return value;
    }
}
