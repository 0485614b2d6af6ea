package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.schema.annotation.Coerce;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Format;
import dev.rowkeep.schema.annotation.Indexed;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Length;
import dev.rowkeep.schema.annotation.Max;
import dev.rowkeep.schema.annotation.Merge;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.Required;
import dev.rowkeep.schema.annotation.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A record of sixteen fields, filled from rows as they come out of a film database. */
final class FilmTest {
    enum Rating {
        G,
        PG,
        PG_13,
        R,
        NC_17,
        NOT_RATED
    }

    @Store("films")
    record Film(
            @Key @Coerce(Coercion.LENIENT) String title,
            @Min("0") @Nullable Long usGross,
            @Min("0") @Nullable Long worldwideGross,
            @Min("0") @Nullable Long usDvdSales,
            @Min("0") @Nullable Long budget,
            @Required @Format("MMM dd yyyy") @Indexed LocalDate released,
            @Coerce(Coercion.LENIENT) @Nullable Rating rating,
            @Min("1") @Max("600") @Nullable Integer minutes,
            @Length(max = 60) @Nullable String distributor,
            @Nullable String source,
            @Indexed @Nullable String genre,
            @Nullable String creativeType,
            @Nullable String director,
            @Min("0") @Max("100") @Nullable Integer rottenTomatoes,

            @Decimal(precision = 3, scale = 1) @Min("0") @Max("10") @Nullable
            BigDecimal imdbRating,

            @Merge(MergeRule.SUM) @Min("0") @Nullable Long imdbVotes) {}

    static final Schema<String, Film> FILMS = Schema.of(String.class, Film.class)
            .check(
                    "grossWithinWorld",
                    film -> film.usGross() == null
                            || film.worldwideGross() == null
                            || film.usGross() <= film.worldwideGross(),
                    "The US gross is part of the worldwide gross.");

    @Test
    void aRowAsItComesIsAFilm() {
        Map<String, Object> raw = landGirls();

        Parsed<Film> parsed = FILMS.parse(raw);

        assertThat(parsed.verdict().violations()).isEmpty();
        assertThat(parsed.verdict().cells()).hasSize(16);
        assertThat(parsed.verdict().coercions())
                .extracting(it -> it.column() + ": " + it.why())
                .containsExactly(
                        "title: written as text",
                        "released: parsed from text",
                        "rating: read as a name regardless of case and separators",
                        "imdbRating: read from a floating point number");
        Film film = parsed.value().orElseThrow();
        assertThat(film.title()).isEqualTo("1776");
        assertThat(film.released()).isEqualTo(LocalDate.of(1998, 6, 12));
        assertThat(film.rating()).isEqualTo(Rating.PG_13);
        assertThat(film.imdbRating()).isEqualTo(new BigDecimal("6.1"));
    }

    @Test
    void aDirtyRowTellsAllThatIsWrongWithIt() {
        Map<String, Object> raw = landGirls();
        raw.put("title", null);
        raw.put("usGross", "unknown");
        raw.put("released", "Feb 30 1998");
        raw.put("rating", "Open");
        raw.put("minutes", 0);
        raw.put("imdbRating", 6.15);
        raw.put("IMDB Votes", 1);

        assertThat(FILMS.parse(raw).verdict().violations())
                .extracting(CellVerdict.Rejected::toString)
                .containsExactly(
                        "title: there is no value where one is required (rule required). Give a text.",
                        "usGross: a text of 7 characters does not read as a whole number (rule format). Give a whole number such as 12.",
                        "released: a text of 11 characters does not read as a date of the years 0000 to 9999 (rule format). Give a date that exists such as 2026-11-24, or in the format MMM dd yyyy.",
                        "rating: a text of 4 characters is not one of 6 names (rule enum). Give one of G, PG, PG_13, R, NC_17, NOT_RATED.",
                        "minutes: a number (Long) is below the least allowed value 1 (rule min). Give 1 or more.",
                        "imdbRating: a number (Double) has more than 1 digit after the point (rule scale). Round it first, or set the column's coercion to LENIENT.",
                        "IMDB Votes: the store films has no such column (rule unknownColumn). Use one of title, usGross, worldwideGross, usDvdSales, budget, released, rating, minutes, distributor, source, genre, creativeType, director, rottenTomatoes, imdbRating, imdbVotes, or leave it out.");
    }

    @Test
    void aRuleOverTwoCellsIsToldByItsName() {
        Map<String, Object> raw = landGirls();
        raw.put("worldwideGross", 1);

        assertThat(FILMS.parse(raw).verdict().violations())
                .containsExactly(new CellVerdict.Rejected(
                        "grossWithinWorld",
                        "grossWithinWorld",
                        "the record fails the check",
                        "The US gross is part of the worldwide gross."));
    }

    private static Map<String, Object> landGirls() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("title", 1776);
        raw.put("usGross", 146083);
        raw.put("worldwideGross", 146083);
        raw.put("usDvdSales", null);
        raw.put("budget", 8000000);
        raw.put("released", "Jun 12 1998");
        raw.put("rating", "PG-13");
        raw.put("minutes", null);
        raw.put("distributor", "Gramercy");
        raw.put("imdbRating", 6.1);
        raw.put("imdbVotes", 1071);
        return raw;
    }
}
