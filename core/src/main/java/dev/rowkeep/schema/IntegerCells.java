package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads raw values as whole numbers of 64 bits. */
final class IntegerCells {
    private IntegerCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Long) {
            return Verdicts.accepted(column, raw);
        }
        if (column.coercion() == Coercion.OFF) {
            return Verdicts.wrongType(column, raw);
        }
        if (WholeNumbers.isIntegral(raw)) {
            return Verdicts.accepted(column, ((Number) raw).longValue());
        }
        if (raw instanceof String text) {
            return text(column, text);
        }
        if (raw instanceof Double || raw instanceof Float) {
            return floating(column, raw, ((Number) raw).doubleValue());
        }
        if (raw.getClass() == BigInteger.class) {
            BigInteger number = (BigInteger) raw;
            return number.bitLength() < Long.SIZE
                    ? Verdicts.accepted(column, number.longValue())
                    : outOfRange(column, raw);
        }
        if (raw.getClass() == BigDecimal.class) {
            return decimal(column, raw, (BigDecimal) raw, Why.WHOLE);
        }
        return Verdicts.wrongType(column, raw);
    }

    private static CellVerdict text(Column<?> column, String raw) {
        NumberText number = NumberText.read(raw, column.coercion());
        if (number == null) {
            return Verdicts.unreadable(column, raw);
        }
        return number.isShortWhole()
                ? Verdicts.coerced(column, raw, Long.valueOf(number.digits()), number.why())
                : decimal(column, raw, number.toDecimal(), number.why());
    }

    private static CellVerdict floating(Column<?> column, Object raw, double number) {
        if (!Double.isFinite(number)) {
            return DoubleCells.notFinite(column, raw);
        }
        if (!WholeNumbers.isWhole(number)) {
            return notWhole(column, raw);
        }
        return WholeNumbers.isLong(number)
                ? Verdicts.coerced(column, raw, (long) number, Why.FROM_FLOATING)
                : outOfRange(column, raw);
    }

    private static CellVerdict decimal(Column<?> column, Object raw, @Nullable BigDecimal number, String why) {
        if (number == null || !Decimals.isBounded(number)) {
            return outOfRange(column, raw);
        }
        if (!WholeNumbers.isWhole(number)) {
            return notWhole(column, raw);
        }
        Long whole = WholeNumbers.toLong(number);
        return whole == null ? outOfRange(column, raw) : Verdicts.coerced(column, raw, whole, why);
    }

    private static CellVerdict notWhole(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column,
                raw,
                "whole",
                "has a fraction where a whole number is expected",
                "Round it first, or make the column a decimal.");
    }

    private static CellVerdict outOfRange(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column,
                raw,
                "range",
                "is outside the whole numbers of 64 bits",
                "Give a number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ".");
    }
}
