package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads raw values as fixed-point numbers of a column's precision and scale. */
final class DecimalCells {
    private DecimalCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw.getClass() == BigDecimal.class) {
            return fit(column, raw, (BigDecimal) raw, null);
        }
        if (column.coercion() == Coercion.OFF) {
            return Verdicts.wrongType(column, raw);
        }
        if (WholeNumbers.isIntegral(raw)) {
            return fit(column, raw, BigDecimal.valueOf(((Number) raw).longValue()), null);
        }
        if (raw instanceof String text) {
            NumberText number = NumberText.read(text, column.coercion());
            return number == null
                    ? Verdicts.unreadable(column, text)
                    : fit(column, raw, number.toDecimal(), number.why());
        }
        if (raw instanceof Double || raw instanceof Float) {
            // The shortest decimal that names the floating point number is the one that was written.
            return Double.isFinite(((Number) raw).doubleValue())
                    ? fit(column, raw, new BigDecimal(raw.toString()), Why.FROM_FLOATING)
                    : DoubleCells.notFinite(column, raw);
        }
        if (raw.getClass() == BigInteger.class) {
            return fit(column, raw, new BigDecimal((BigInteger) raw), null);
        }
        return Verdicts.wrongType(column, raw);
    }

    private static CellVerdict fit(Column<?> column, Object raw, @Nullable BigDecimal number, @Nullable String why) {
        ColumnType<?> type = column.type();
        if (number == null || !Decimals.isBounded(number) || Decimals.isTooLarge(number, type)) {
            return tooManyDigits(column, raw);
        }
        BigDecimal scaled = Decimals.toScale(number, type);
        if (scaled.compareTo(number) == 0) {
            return why == null ? Verdicts.accepted(column, scaled) : Verdicts.coerced(column, raw, scaled, why);
        }
        if (column.coercion() != Coercion.LENIENT) {
            return Verdicts.rejected(
                    column,
                    raw,
                    "scale",
                    "has more than " + Shape.count(type.scale(), "digit") + " after the point",
                    "Round it first, or set the column's coercion to LENIENT.");
        }
        return Decimals.isTooLarge(scaled, type)
                ? tooManyDigits(column, raw)
                : Verdicts.coerced(column, raw, scaled, Why.ROUNDED);
    }

    static CellVerdict.Rejected tooManyDigits(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column,
                raw,
                "precision",
                "has too many digits for " + Expectation.of(column.type()),
                "Give a smaller number, or make the column wider.");
    }
}
