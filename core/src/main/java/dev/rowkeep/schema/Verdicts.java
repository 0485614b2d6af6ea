package dev.rowkeep.schema;

import org.jspecify.annotations.Nullable;

/** Makes verdicts on cells, so that all of them speak alike and none quotes a value. */
final class Verdicts {
    private Verdicts() {}

    static CellVerdict accepted(Column<?> column, @Nullable Object value) {
        return new CellVerdict.Accepted(column.name(), value);
    }

    static CellVerdict coerced(Column<?> column, @Nullable Object raw, @Nullable Object value, String why) {
        return new CellVerdict.Coerced(column.name(), raw, value, why);
    }

    /** A value that breaks {@code rule}: {@code message} goes on from the value's shape. */
    static CellVerdict.Rejected rejected(Column<?> column, Object raw, String rule, String message, String fix) {
        return new CellVerdict.Rejected(column.name(), rule, Shape.of(raw) + " " + message, fix);
    }

    /** A value of a class that the column cannot read. */
    static CellVerdict wrongType(Column<?> column, Object raw) {
        String degree = column.coercion() == Coercion.OFF ? ", and its coercion is OFF" : "";
        return rejected(
                column,
                raw,
                "type",
                "is not taken where " + Expectation.of(column.type()) + " is expected" + degree,
                Expectation.fix(column));
    }

    /** A text that cannot be read as a value of the column. */
    static CellVerdict unreadable(Column<?> column, String raw) {
        return rejected(
                column, raw, "format", "does not read as " + Expectation.of(column.type()), Expectation.fix(column));
    }

    static CellVerdict.Rejected tooLarge(Column<?> column, Object raw, String limit) {
        return rejected(
                column, raw, "size", "is more than a cell holds, which is " + limit, "Split it, or keep it in a file.");
    }

    static CellVerdict.Rejected missing(Column<?> column, @Nullable Object raw) {
        String what = raw == null ? "there is no value" : "there is only blank text, which counts as no value,";
        return new CellVerdict.Rejected(
                column.name(), "required", what + " where one is required", Expectation.fix(column));
    }
}
