package dev.rowkeep.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads raw values as moments in microseconds. */
final class TimestampCells {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int DATE_LENGTH = 10;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private TimestampCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Instant moment) {
            return fit(column, raw, moment, null);
        }
        Coercion coercion = column.coercion();
        if (coercion == Coercion.OFF) {
            return Verdicts.wrongType(column, raw);
        }
        if (raw instanceof String text) {
            return text(column, text);
        }
        if (raw instanceof OffsetDateTime moment) {
            return fit(column, raw, moment.toInstant(), Why.ZONE);
        }
        if (raw instanceof ZonedDateTime moment) {
            return fit(column, raw, moment.toInstant(), Why.ZONE);
        }
        if (coercion == Coercion.LENIENT && raw instanceof LocalDateTime local) {
            return fit(column, raw, local.toInstant(ZoneOffset.UTC), Why.UTC);
        }
        if (coercion == Coercion.LENIENT && raw instanceof LocalDate date) {
            return fit(column, raw, midnight(date), Why.MIDNIGHT);
        }
        return Verdicts.wrongType(column, raw);
    }

    private static CellVerdict text(Column<?> column, String raw) {
        boolean lenient = column.coercion() == Coercion.LENIENT;
        String text = lenient ? Blanks.strip(raw) : raw;
        if (text.length() > Limits.SCALAR_TEXT) {
            return Verdicts.unreadable(column, raw);
        }
        TemporalAccessor iso = iso(lenient ? withT(text) : text);
        if (iso instanceof OffsetDateTime moment) {
            return fit(column, raw, moment.toInstant(), Why.parsed(raw, text));
        }
        DateTimeFormat own = column.dateTimeFormat();
        Instant moment = own == null ? null : own.moment(text);
        if (moment != null) {
            return fit(column, raw, moment, Why.parsed(raw, text));
        }
        if (lenient && iso instanceof LocalDateTime local) {
            return fit(column, raw, local.toInstant(ZoneOffset.UTC), Why.UTC);
        }
        LocalDate date = lenient ? DateCells.iso(text) : null;
        return date == null ? Verdicts.unreadable(column, raw) : fit(column, raw, midnight(date), Why.MIDNIGHT);
    }

    private static CellVerdict fit(Column<?> column, Object raw, Instant moment, @Nullable String why) {
        if (moment.isBefore(FIRST) || !moment.isBefore(END)) {
            return DateCells.outOfRange(column, raw);
        }
        Instant whole = moment.truncatedTo(ChronoUnit.MICROS);
        if (whole.equals(moment)) {
            return why == null ? Verdicts.accepted(column, moment) : Verdicts.coerced(column, raw, moment, why);
        }
        if (column.coercion() == Coercion.OFF) {
            return Verdicts.rejected(
                    column,
                    raw,
                    "microseconds",
                    "is finer than microseconds, and the column's coercion is OFF",
                    "Truncate it with truncatedTo(ChronoUnit.MICROS).");
        }
        return Verdicts.coerced(column, raw, whole, Why.MICROSECONDS);
    }

    /** An {@link OffsetDateTime} or a {@link LocalDateTime} in ISO form; null if {@code text} is neither. */
    private static @Nullable TemporalAccessor iso(String text) {
        if (text.length() <= DATE_LENGTH || (text.charAt(DATE_LENGTH) != 'T' && text.charAt(DATE_LENGTH) != 't')) {
            return null;
        }
        try {
            return ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The form that SQL writes, with a blank between day and time, as ISO writes it. */
    private static String withT(String text) {
        return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
