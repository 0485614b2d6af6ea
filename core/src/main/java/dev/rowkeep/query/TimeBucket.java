package dev.rowkeep.query;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;

/** A stretch of a zone's calendar or clock. */
public enum TimeBucket {
    /**
     * An hour as the clock shows it. It ends where the clock is set, so it is never longer than an hour; what the clock shows twice is
     * two hours.
     */
    HOUR,
    /** A day of the calendar, of 23 or 25 hours where the clock is set. */
    DAY,
    /** Seven days from Monday on, as ISO 8601 has them. */
    WEEK,
    /** A month of the calendar. */
    MONTH;

    /** Where the bucket begins in which {@code moment} is. */
    public ZonedDateTime start(Instant moment, ZoneId zone) {
        if (this == HOUR) {
            return startOfHour(moment, zone);
        }
        LocalDate day = moment.atZone(zone).toLocalDate();
        LocalDate first = switch (this) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            default -> day;
        };
        return first.atStartOfDay(zone); // where a zone skips midnight, the first moment after it
    }

    private static ZonedDateTime startOfHour(Instant moment, ZoneId zone) {
        ZonedDateTime at = moment.atZone(zone);
        Instant whole = at.toLocalDateTime().truncatedTo(ChronoUnit.HOURS).toInstant(at.getOffset());
        ZoneOffsetTransition set = zone.getRules().previousTransition(moment.plusNanos(1));
        boolean wasSetSince = set != null && set.getInstant().isAfter(whole);
        return (wasSetSince ? set.getInstant() : whole).atZone(zone);
    }
}
