package dev.rowkeep.examples.flights;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Max;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.Store;

/**
 * A flight, and with it the table {@code flights}.
 *
 * @param id {@code F000001}, from the flight's line in the data set; it has no key of its own
 * @param delay how late it was in minutes, negative where it was early; more than one hour early or ten hours late is not believed
 * @param distance how far it went in miles
 * @param time the hour of the day, 17.5 for half past five in the afternoon
 */
@Store("flights")
record Flight(
        @Key String id,
        @Min("-60") @Max("600") long delay,
        @Min("1") long distance,
        @Min("0") double time) {

    private static final double HOURS = 24;

    static final Schema<String, Flight> SCHEMA = Schema.of(String.class, Flight.class)
            .check("dayHasAnEnd", flight -> flight.time() < HOURS, "Give an hour below 24.");
    static final Column<Long> DELAY = SCHEMA.column("delay", Long.class);

    /** The key of the flight in a line of the data set, from 1. */
    static String idOf(long line) {
        return "F%06d".formatted(line);
    }

    /** The same flight, some minutes less late. */
    Flight earlierBy(long minutes) {
        return new Flight(id, delay - minutes, distance, time);
    }
}
