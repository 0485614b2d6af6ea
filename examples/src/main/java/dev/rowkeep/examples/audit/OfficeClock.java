package dev.rowkeep.examples.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A working day whose time is told by the walk, so that each run tells the same. */
final class OfficeClock extends Clock {
    private static final Instant MIDNIGHT = Instant.parse("2026-05-04T00:00:00Z");

    private volatile Instant now = MIDNIGHT;

    /** Sets the clock. */
    void at(String time) {
        now = moment(time);
    }

    /** Lets time pass. */
    void move(Duration time) {
        now = now.plus(time);
    }

    /** A time of the day, such as {@code 09:30}. */
    static Instant moment(String time) {
        return MIDNIGHT.plusSeconds(LocalTime.parse(time).toSecondOfDay());
    }

    /** The time of the day at a moment. */
    static LocalTime time(Instant moment) {
        return LocalTime.ofInstant(moment, ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
