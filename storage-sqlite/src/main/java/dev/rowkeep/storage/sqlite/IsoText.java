package dev.rowkeep.storage.sqlite;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Days and moments as text of one width per kind, so that the order of the texts is the order of the times: {@code yyyy-MM-dd} and
 * {@code yyyy-MM-ddTHH:mm:ss.ffffffZ}. By hand, because the formatters of {@code java.time} would be a third of a point read.
 */
final class IsoText {
    private static final int DATE_LENGTH = 10;
    private static final int MOMENT_LENGTH = 27;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final String DATE_FORM = "0000-00-00";
    private static final String MOMENT_FORM = "0000-00-00T00:00:00.000000Z";

    private IsoText() {}

    static String of(LocalDate day) {
        return new String(dateInto(new char[DATE_LENGTH], day));
    }

    /** The text of a moment in whole microseconds. */
    static String of(Instant moment) {
        long second = moment.getEpochSecond();
        int ofDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
        char[] text = dateInto(new char[MOMENT_LENGTH], LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY)));
        text[10] = 'T';
        digits(text, 11, 2, ofDay / 3600);
        text[13] = ':';
        digits(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, ofDay % 60);
        text[19] = '.';
        digits(text, 20, 6, moment.getNano() / 1000);
        text[26] = 'Z';
        return new String(text);
    }

    /**
     * Reads a day.
     *
     * @throws IllegalArgumentException if the text is not of the one form
     * @throws java.time.DateTimeException if there is no such day
     */
    static LocalDate day(String text) {
        requireForm(text, DATE_FORM);
        return dayAtStart(text);
    }

    /**
     * Reads a moment.
     *
     * @throws IllegalArgumentException if the text is not of the one form
     * @throws java.time.DateTimeException if there is no such day
     */
    static Instant moment(String text) {
        requireForm(text, MOMENT_FORM);
        long ofDay = number(text, 11, 2) * 3600L + number(text, 14, 2) * 60L + number(text, 17, 2);
        long second = dayAtStart(text).toEpochDay() * SECONDS_PER_DAY + ofDay;
        return Instant.ofEpochSecond(second, number(text, 20, 6) * 1000L);
    }

    private static LocalDate dayAtStart(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    }

    private static char[] dateInto(char[] text, LocalDate day) {
        digits(text, 0, 4, day.getYear());
        text[4] = '-';
        digits(text, 5, 2, day.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, day.getDayOfMonth());
        return text;
    }

    private static void digits(char[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int number(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static void requireForm(String text, String form) {
        boolean fits = text.length() == form.length();
        for (int i = 0; fits && i < form.length(); i++) {
            char wanted = form.charAt(i);
            char found = text.charAt(i);
            fits = wanted == '0' ? found >= '0' && found <= '9' : found == wanted;
        }
        if (!fits) {
            throw new IllegalArgumentException("Not a text of the form " + form);
        }
    }
}
