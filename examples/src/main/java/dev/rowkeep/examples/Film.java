package dev.rowkeep.examples;

import dev.rowkeep.schema.Coercion;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Coerce;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Format;
import dev.rowkeep.schema.annotation.Indexed;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Length;
import dev.rowkeep.schema.annotation.Max;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.OneOf;
import dev.rowkeep.schema.annotation.Personal;
import dev.rowkeep.schema.annotation.Required;
import dev.rowkeep.schema.annotation.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A film, and with it the table {@code films}: the annotations are the rules that every value must pass, whoever writes it.
 *
 * @param id {@code film-0001}, from the film's place in the data set; titles are not unique
 * @param title the title, where a number is read as text
 * @param released the first day in a cinema; the data set was made in 2010
 * @param certificate who may see it
 * @param minutes the running time
 * @param genre the major genre
 * @param director who directed it, which can be erased
 * @param distributor who brought it to the cinemas
 * @param budget the cost in dollars
 * @param takings the takings worldwide in dollars
 * @param rating the average vote, 1.0 to 10.0
 * @param votes how many people voted
 */
@Store("films")
public record Film(
        @Key String id,

        @Required @Length(min = 1, max = 200) @Coerce(Coercion.LENIENT)
        String title,

        @Format("MMM dd yyyy") @Max("2011-12-31") @Nullable LocalDate released,

        @OneOf({"G", "PG", "PG-13", "R", "NC-17", "Not Rated"}) @Nullable
        String certificate,

        @Min("1") @Nullable Integer minutes,
        @Nullable String genre,
        @Personal @Nullable String director,
        @Nullable String distributor,
        @Min("1000") @Nullable Long budget,
        @Min("0") @Nullable Long takings,

        @Decimal(precision = 3, scale = 1) @Min("1") @Max("10") @Nullable
        BigDecimal rating,

        @Min("0") @Indexed @Nullable Long votes) {

    /** The store's schema. */
    public static final Schema<String, Film> SCHEMA = Schema.of(String.class, Film.class);

    static final Column<String> TITLE = SCHEMA.column("title", String.class);

    /** The genre's column. */
    public static final Column<String> GENRE = SCHEMA.column("genre", String.class);

    /** The director's column. */
    public static final Column<String> DIRECTOR = SCHEMA.column("director", String.class);

    /** The distributor's column. */
    public static final Column<String> DISTRIBUTOR = SCHEMA.column("distributor", String.class);

    /** The running time's column. */
    public static final Column<Long> MINUTES = SCHEMA.column("minutes", Long.class);

    static final Column<Long> VOTES = SCHEMA.column("votes", Long.class);

    /** The key of the film at a place in the data set, from 1. */
    public static String idOf(int place) {
        return "film-%04d".formatted(place);
    }

    /** The same film with one more vote. */
    Film votedFor() {
        return with(director, (votes == null ? 0 : votes) + 1);
    }

    /** The same film, directed by somebody else. */
    public Film directedBy(@Nullable String name) {
        return with(name, votes);
    }

    private Film with(@Nullable String newDirector, @Nullable Long newVotes) {
        return new Film(
                id,
                title,
                released,
                certificate,
                minutes,
                genre,
                newDirector,
                distributor,
                budget,
                takings,
                rating,
                newVotes);
    }
}
