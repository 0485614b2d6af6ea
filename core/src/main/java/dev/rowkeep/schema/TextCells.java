package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads raw values as text. */
final class TextCells {
    private static final double WHOLE_WITHOUT_POINT = 1e15;
    private static final int LONGEST_SCALE = 200;

    private TextCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        Coercion coercion = column.coercion();
        if (raw instanceof String text) {
            return text(column, text, coercion == Coercion.LENIENT ? Blanks.strip(text) : text);
        }
        if (coercion != Coercion.OFF && (raw instanceof CharSequence || raw instanceof Character)) {
            String text = raw.toString();
            return text(column, text, text);
        }
        String written = coercion == Coercion.LENIENT ? written(raw) : null;
        return written == null ? Verdicts.wrongType(column, raw) : Verdicts.coerced(column, raw, written, Why.WRITTEN);
    }

    private static CellVerdict text(Column<?> column, String raw, String text) {
        if (text.length() > Limits.CELL) {
            return tooLarge(column, raw);
        }
        if (!Unicode.isWellFormed(text)) {
            return malformed(column, raw);
        }
        return text.length() == raw.length()
                ? Verdicts.accepted(column, text)
                : Verdicts.coerced(column, raw, text, Why.BLANKS);
    }

    static CellVerdict.Rejected tooLarge(Column<?> column, Object raw) {
        return Verdicts.tooLarge(column, raw, Limits.CELL + " characters");
    }

    static CellVerdict malformed(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column,
                raw,
                "text",
                "has a lone surrogate or the character U+0000, which storages cannot keep",
                "Repair the text's encoding, or use a column of bytes.");
    }

    private static @Nullable String written(Object raw) {
        if (raw instanceof Double || raw instanceof Float) {
            return writtenFloating((Number) raw);
        }
        if (raw.getClass() == BigDecimal.class) {
            BigDecimal number = (BigDecimal) raw;
            return Decimals.isBounded(number) && Math.abs((long) number.scale()) <= LONGEST_SCALE
                    ? number.toPlainString()
                    : null;
        }
        if (raw.getClass() == BigInteger.class) {
            return ((BigInteger) raw).bitLength() <= Limits.NUMBER_BITS ? raw.toString() : null;
        }
        if (raw instanceof Enum<?> constant) {
            return constant.name();
        }
        boolean plain = WholeNumbers.isIntegral(raw)
                || raw instanceof Boolean
                || raw instanceof java.util.UUID
                || raw instanceof LocalDate
                || raw instanceof Instant;
        return plain ? raw.toString() : null;
    }

    /** As a person writes it: many parsers make a double of every number, so a whole one has no point. */
    private static @Nullable String writtenFloating(Number raw) {
        double number = raw.doubleValue();
        if (!Double.isFinite(number)) {
            return null;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < WHOLE_WITHOUT_POINT;
        return whole ? Long.toString((long) number) : raw.toString();
    }
}
