package dev.rowkeep.schema;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads raw values as days. */
final class DateCells {
    private static final int ISO_LENGTH = 10;
    private static final int LAST_YEAR = 9999;

    private DateCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof LocalDate date) {
            return inRange(column, raw, date, null);
        }
        return column.coercion() != Coercion.OFF && raw instanceof String text
                ? text(column, text)
                : Verdicts.wrongType(column, raw);
    }

    private static CellVerdict text(Column<?> column, String raw) {
        String text = column.coercion() == Coercion.LENIENT ? Blanks.strip(raw) : raw;
        if (text.length() > Limits.SCALAR_TEXT) {
            return Verdicts.unreadable(column, raw);
        }
        LocalDate date = iso(text);
        DateTimeFormat own = column.dateTimeFormat();
        if (date == null && own != null) {
            date = own.date(text);
        }
        return date == null ? Verdicts.unreadable(column, raw) : inRange(column, raw, date, Why.parsed(raw, text));
    }

    private static CellVerdict inRange(Column<?> column, Object raw, LocalDate date, @Nullable String why) {
        if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
            return outOfRange(column, raw);
        }
        return why == null ? Verdicts.accepted(column, date) : Verdicts.coerced(column, raw, date, why);
    }

    static CellVerdict outOfRange(Column<?> column, Object raw) {
        return Verdicts.rejected(
                column, raw, "range", "is outside the years 0000 to 9999", "Give a date within these years.");
    }

    /** The date that {@code text} names as {@code 2026-11-24}; null if it has another form or there is no such day. */
    static @Nullable LocalDate iso(String text) {
        if (text.length() != ISO_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        boolean named = year >= 0 && month >= 1 && month <= 12 && day >= 1;
        return named && day <= java.time.YearMonth.of(year, month).lengthOfMonth()
                ? LocalDate.of(year, month, day)
                : null;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
