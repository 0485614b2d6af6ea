package dev.rowkeep.schema;

/** Reads raw values as UUIDs. */
final class UuidCells {
    private static final int LENGTH = 36;

    private UuidCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof java.util.UUID) {
            return Verdicts.accepted(column, raw);
        }
        if (column.coercion() == Coercion.OFF || !(raw instanceof String given)) {
            return Verdicts.wrongType(column, raw);
        }
        String text = column.coercion() == Coercion.LENIENT ? Blanks.strip(given) : given;
        return isUuid(text)
                ? Verdicts.coerced(column, raw, java.util.UUID.fromString(text), Why.parsed(given, text))
                : Verdicts.unreadable(column, given);
    }

    /** {@link java.util.UUID#fromString} also takes groups that are too short. */
    private static boolean isUuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
