package dev.rowkeep.schema;

import org.jspecify.annotations.Nullable;

/**
 * Brings raw values into a column's canonical form, as far as its coercion allows. Neither the column's rules nor whether it is
 * required are looked at here.
 */
final class CellReader {
    private CellReader() {}

    /** A verdict that is accepted or coerced with the canonical value, null where it is missing, or rejected. */
    static CellVerdict read(Column<?> column, @Nullable Object raw) {
        if (raw == null) {
            return Verdicts.accepted(column, null);
        }
        if (column.coercion() == Coercion.LENIENT && raw instanceof String text && Blanks.isBlank(text)) {
            return Verdicts.coerced(column, raw, null, Why.BLANK);
        }
        return switch (column.type().kind()) {
            case TEXT -> TextCells.read(column, raw);
            case INTEGER -> IntegerCells.read(column, raw);
            case DECIMAL -> DecimalCells.read(column, raw);
            case DOUBLE -> DoubleCells.read(column, raw);
            case BOOLEAN -> BooleanCells.read(column, raw);
            case DATE -> DateCells.read(column, raw);
            case TIMESTAMP -> TimestampCells.read(column, raw);
            case UUID -> UuidCells.read(column, raw);
            case ENUM -> EnumCells.read(column, raw);
            case BYTES -> BytesCells.read(column, raw);
            case TEXT_SET -> TextSetCells.read(column, raw);
            case JSON -> JsonCells.read(column, raw);
        };
    }

    /** The canonical value of a verdict that is not a rejection. */
    static @Nullable Object value(CellVerdict verdict) {
        if (verdict instanceof CellVerdict.Accepted accepted) {
            return accepted.value();
        }
        return verdict instanceof CellVerdict.Coerced coerced ? coerced.value() : null;
    }

    /**
     * The canonical form of a value that the schema itself states, such as a default or a bound.
     *
     * @throws IllegalArgumentException if the column cannot hold it
     */
    static Object constant(Column<?> column, String what, Object stated) {
        CellVerdict verdict = read(column, stated);
        Object canonical = value(verdict);
        if (canonical == null) {
            String why = verdict instanceof CellVerdict.Rejected rejected
                    ? rejected.message() + ". " + rejected.fix()
                    : "it is blank. Leave it out, or give a value.";
            throw new IllegalArgumentException(
                    "The " + what + " of column " + column.name() + " is not possible: " + why);
        }
        return canonical;
    }
}
