package dev.rowkeep.schema;

import org.jspecify.annotations.Nullable;

/** What a record's key may be: short, comparable everywhere, safe to print. */
final class Keys {
    private static final String RULE = "key";

    private Keys() {}

    /**
     * Requires that values of {@code column} can be keys.
     *
     * @throws IllegalArgumentException if they cannot
     */
    static void requireKeyColumn(String storeName, Column<?> column) {
        Kind kind = column.type().kind();
        if (kind != Kind.TEXT && kind != Kind.INTEGER && kind != Kind.UUID) {
            throw new IllegalArgumentException("Column " + column + " cannot be the key of store " + storeName
                    + ": keys are text, whole numbers or UUIDs. Make it an ordinary, unique column.");
        }
        if (column.canonicalDefault() != null) {
            throw new IllegalArgumentException("Column " + column + " cannot be the key of store " + storeName
                    + " with a default: two records would share it. Remove the default.");
        }
    }

    /** The canonical key, or a rejection. */
    static <K> CellVerdict judge(Schema<K, ?> schema, @Nullable Object raw) {
        Column<K> column = schema.key();
        CellVerdict verdict = Judge.judge(column, raw);
        if (verdict instanceof CellVerdict.Rejected) {
            return verdict;
        }
        Object key = CellReader.value(verdict);
        if (key == null) {
            return Verdicts.missing(column, raw);
        }
        return key instanceof String text && !isTextKey(text) ? notKey(column, raw) : verdict;
    }

    private static boolean isTextKey(String text) {
        // Counting stops the expensive way early: a character is at least one byte.
        return !text.isEmpty()
                && text.length() <= Limits.KEY_BYTES
                && Unicode.utf8Length(text) <= Limits.KEY_BYTES
                && !Unicode.hasControl(text);
    }

    private static CellVerdict notKey(Column<?> column, @Nullable Object raw) {
        return new CellVerdict.Rejected(
                column.name(),
                RULE,
                Shape.of(raw) + " is not fit for a key: it is empty, too long, or has control characters",
                "Give a text of 1 to " + Limits.KEY_BYTES + " bytes in UTF-8 without control characters.");
    }
}
