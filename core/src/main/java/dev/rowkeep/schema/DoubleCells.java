package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads raw values as finite floating point numbers of 64 bits. */
final class DoubleCells {
    private DoubleCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Double number) {
            return finite(column, raw, number);
        }
        if (column.coercion() == Coercion.OFF) {
            return Verdicts.wrongType(column, raw);
        }
        if (raw instanceof Float number) {
            return finite(column, raw, number);
        }
        if (WholeNumbers.isIntegral(raw)) {
            long whole = ((Number) raw).longValue();
            double nearest = whole;
            boolean exact = WholeNumbers.isLong(nearest) && (long) nearest == whole;
            return exact ? Verdicts.accepted(column, nearest) : inexact(column, raw, nearest);
        }
        if (raw instanceof String text) {
            return text(column, text);
        }
        if (raw.getClass() == BigDecimal.class) {
            return decimal(column, raw, (BigDecimal) raw);
        }
        if (raw.getClass() == BigInteger.class) {
            return decimal(column, raw, new BigDecimal((BigInteger) raw));
        }
        return Verdicts.wrongType(column, raw);
    }

    private static CellVerdict text(Column<?> column, String raw) {
        NumberText number = NumberText.read(raw, column.coercion());
        if (number == null) {
            return Verdicts.unreadable(column, raw);
        }
        double nearest = Double.parseDouble(number.digits());
        if (!Double.isFinite(nearest)) {
            return notFinite(column, raw);
        }
        boolean vanished = nearest == 0 && number.isNotZero();
        return vanished
                ? inexact(column, raw, nearest)
                : Verdicts.coerced(column, raw, withoutNegativeZero(nearest), number.why());
    }

    /** A decimal that is the shortest name of a floating point number is taken for it, as 6.1 is for the nearest one. */
    private static CellVerdict decimal(Column<?> column, Object raw, BigDecimal number) {
        double nearest = Decimals.isBounded(number) ? number.doubleValue() : Double.NaN;
        if (!Double.isFinite(nearest)) {
            return notFinite(column, raw);
        }
        return new BigDecimal(Double.toString(nearest)).compareTo(number) == 0
                ? Verdicts.accepted(column, withoutNegativeZero(nearest))
                : inexact(column, raw, nearest);
    }

    private static CellVerdict finite(Column<?> column, Object raw, double number) {
        return Double.isFinite(number)
                ? Verdicts.accepted(column, withoutNegativeZero(number))
                : notFinite(column, raw);
    }

    static CellVerdict.Rejected notFinite(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column,
                raw,
                "finite",
                "is NaN, infinite, or too large for a floating point number",
                "Give a finite number, or no value.");
    }

    private static CellVerdict inexact(Column<?> column, Object raw, double nearest) {
        return column.coercion() == Coercion.LENIENT
                ? Verdicts.coerced(column, raw, withoutNegativeZero(nearest), Why.NEAREST)
                : Verdicts.rejected(
                        column,
                        raw,
                        "exact",
                        "has digits that a floating point number cannot hold",
                        "Round it first, make the column a decimal, or set its coercion to LENIENT.");
    }

    /** Adding 0.0 turns -0.0 into 0.0 and changes nothing else. */
    private static Double withoutNegativeZero(double number) {
        return number + 0.0;
    }
}
