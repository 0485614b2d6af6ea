package dev.rowkeep.schema;

import org.jspecify.annotations.Nullable;

/** What became of one raw value on its way into a cell. */
public sealed interface CellVerdict {
    /**
     * The column's name; for a check over several columns, the check's name; for a record class's own constructor,
     * {@code constructor}.
     */
    String column();

    /**
     * The value fits as it is.
     *
     * @param column the column's name
     * @param value the value in canonical form
     */
    record Accepted(String column, @Nullable Object value) implements CellVerdict {
        /** Names the column, never the value. */
        @Override
        public String toString() {
            return column + ": accepted";
        }
    }

    /**
     * The value was bent to fit.
     *
     * @param column the column's name
     * @param from the raw value
     * @param value the value in canonical form that it became
     * @param why the coercion that was applied, a short stable phrase such as {@code thousands separators removed}
     */
    record Coerced(
            String column, @Nullable Object from, @Nullable Object value, String why) implements CellVerdict {
        /** Names the column and the coercion, never the values. */
        @Override
        public String toString() {
            return column + ": " + why;
        }
    }

    /**
     * The value does not fit; nothing is written.
     *
     * @param column the column's name; for a check over several columns, the check's name
     * @param rule the rule that failed, a short stable name such as {@code max} or {@code required}
     * @param message what is wrong, telling the value's shape but not its content
     * @param fix what to do
     */
    record Rejected(String column, String rule, String message, String fix) implements CellVerdict {
        @Override
        public String toString() {
            return column + ": " + message + " (rule " + rule + "). " + fix;
        }
    }
}
