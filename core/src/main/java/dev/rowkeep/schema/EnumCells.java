package dev.rowkeep.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads raw values as one of a closed list of names. */
final class EnumCells {
    private EnumCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        ColumnType<?> type = column.type();
        boolean named = type.javaType() == String.class;
        if (!named && type.javaType().isInstance(raw)) {
            return Verdicts.accepted(column, ((Enum<?>) raw).name());
        }
        if (!(raw instanceof String text) || (column.coercion() == Coercion.OFF && !named)) {
            return Verdicts.wrongType(column, raw);
        }
        if (type.names().contains(text)) {
            return Verdicts.accepted(column, text);
        }
        String meant = column.coercion() == Coercion.LENIENT ? meant(type, text) : null;
        return meant == null ? unknown(column, text) : Verdicts.coerced(column, raw, meant, Why.SPELLING);
    }

    /** The one name that {@code text} is, but for case, surrounding blanks, and hyphens or blanks for underscores. */
    private static @Nullable String meant(ColumnType<?> type, String text) {
        String stripped = Blanks.strip(text);
        if (stripped.length() > Limits.SCALAR_TEXT) {
            return null;
        }
        String wanted = plain(stripped);
        String meant = null;
        for (String name : type.names()) {
            if (plain(name).equals(wanted)) {
                if (meant != null) {
                    return null;
                }
                meant = name;
            }
        }
        return meant;
    }

    private static String plain(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    static CellVerdict.Rejected unknown(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column, raw, "enum", "is not " + Expectation.of(column.type()), Expectation.fix(column));
    }
}
