package dev.rowkeep.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column's own form of dates or moments. It refuses days that do not exist (31 April is not 30 April), reads English names in
 * any case, and takes years of four digits only: of two digits nobody knows the century.
 */
final class DateTimeFormat {
    private static final Pattern YEAR = Pattern.compile("y+|u+");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final int YEAR_DIGITS = 4;
    private static final int MOST_YEAR_DIGITS = 9;
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2001, 11, 23, 14, 5, 6, 0, ZoneOffset.UTC);

    private final String pattern;
    private final DateTimeFormatter formatter;

    private DateTimeFormat(String pattern, DateTimeFormatter formatter) {
        this.pattern = pattern;
        this.formatter = formatter;
    }

    /**
     * The format of the column called {@code name}.
     *
     * @throws IllegalArgumentException if the kind has no formats, or values cannot be read by this one
     */
    static DateTimeFormat of(String name, Kind kind, String pattern) {
        if (kind != Kind.DATE && kind != Kind.TIMESTAMP) {
            throw notPossible(name, pattern, "it is for dates and timestamps, and the column is of kind " + kind, null);
        }
        String letters = QUOTED.matcher(pattern).replaceAll("");
        Matcher years = YEAR.matcher(letters);
        while (years.find()) {
            if (years.group().length() < YEAR_DIGITS) {
                throw notPossible(name, pattern, "a year of two digits has no century. Write it as yyyy", null);
            }
            if (years.group().length() > MOST_YEAR_DIGITS) {
                // Some versions of the JDK fail on more, others make a format that reads nothing.
                throw notPossible(name, pattern, "no year has so many digits. Write it as yyyy", null);
            }
        }
        DateTimeFormat format = new DateTimeFormat(pattern, compile(name, pattern, letters));
        format.requireReads(name, kind);
        return format;
    }

    String pattern() {
        return pattern;
    }

    /** The day that {@code text} names; null if it has another form or there is no such day. */
    @Nullable
    LocalDate date(String text) {
        return (LocalDate) read(text, LocalDate::from);
    }

    /** The moment that {@code text} names, in UTC if it names no zone, at midnight if it names no time; null if it is none. */
    @Nullable
    Instant moment(String text) {
        TemporalAccessor read = read(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        if (read instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        }
        if (read instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        return read instanceof LocalDate date
                ? date.atStartOfDay(ZoneOffset.UTC).toInstant()
                : null;
    }

    private @Nullable TemporalAccessor read(String text, TemporalQuery<?>... forms) {
        // Most texts that do not fit are found here, without the cost of an exception.
        java.text.ParsePosition end = new java.text.ParsePosition(0);
        if (formatter.parseUnresolved(text, end) == null || end.getIndex() < text.length()) {
            return null;
        }
        try {
            return forms.length == 1
                    ? (TemporalAccessor) formatter.parse(text, forms[0])
                    : formatter.parseBest(text, forms);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static DateTimeFormatter compile(String name, String pattern, String letters) {
        try {
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
            if (letters.indexOf('y') >= 0 && letters.indexOf('G') < 0) {
                // Strict resolving takes a year of era only with its era.
                builder.parseDefaulting(ChronoField.ERA, 1);
            }
            return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        } catch (RuntimeException e) {
            // Not only an IllegalArgumentException: of some padded fields the JDK's builder throws ClassCastException.
            throw notPossible(name, pattern, "it is no pattern of java.time.format.DateTimeFormatter", e);
        }
    }

    private void requireReads(String name, Kind kind) {
        boolean reads;
        try {
            String text = formatter.format(SAMPLE);
            reads = kind == Kind.DATE ? SAMPLE.toLocalDate().equals(date(text)) : moment(text) != null;
        } catch (RuntimeException e) {
            // Not only a DateTimeException: of eleven digits the JDK's formatter throws ArrayIndexOutOfBoundsException.
            throw notPossible(name, pattern, "no " + kind + " can be written in it", e);
        }
        if (!reads) {
            throw notPossible(name, pattern, "it does not name a whole day. Give year, month and day", null);
        }
    }

    private static IllegalArgumentException notPossible(
            String name, String pattern, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "format(\"" + pattern + "\") on column " + name + " is not possible: " + why + ".", cause);
    }
}
