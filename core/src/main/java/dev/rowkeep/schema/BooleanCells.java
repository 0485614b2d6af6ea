package dev.rowkeep.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads raw values as truth values. */
final class BooleanCells {
    private BooleanCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Boolean) {
            return Verdicts.accepted(column, raw);
        }
        if (column.coercion() == Coercion.OFF) {
            return Verdicts.wrongType(column, raw);
        }
        if (raw instanceof String text) {
            return text(column, text);
        }
        boolean number = raw instanceof Double || WholeNumbers.isIntegral(raw);
        if (column.coercion() == Coercion.LENIENT && number) {
            double value = ((Number) raw).doubleValue();
            if (value == 0 || value == 1) {
                return Verdicts.coerced(column, raw, value == 1, Why.YES_NO);
            }
        }
        return Verdicts.wrongType(column, raw);
    }

    private static CellVerdict text(Column<?> column, String raw) {
        if (raw.equals("true") || raw.equals("false")) {
            return Verdicts.coerced(column, raw, raw.equals("true"), Why.PARSED);
        }
        Boolean meant = column.coercion() == Coercion.LENIENT ? meant(Blanks.strip(raw)) : null;
        return meant == null ? Verdicts.unreadable(column, raw) : Verdicts.coerced(column, raw, meant, Why.YES_NO);
    }

    private static @Nullable Boolean meant(String text) {
        if (text.length() > Limits.SCALAR_TEXT) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> null;
        };
    }
}
