package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A column's own form of dates and moments. */
final class DateTimeFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yy-MM-dd",
                "dd.MM.uu",
                "M/d/y",
                "YYYY-MM-dd",
                "HH:mm",
                "yyyy-MM",
                "not a pattern",
                "yyyy-MM-dd'",
                "uuuuuuuuuuuMM-dd",
                "ppdh"
            })
    void aPatternThatCannotNameADayIsRefusedWhenTheColumnIsMade(String pattern) {
        assertThatThrownBy(() -> Column.date("released").format(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column released")
                .hasMessageContaining("format(\"" + pattern + "\")");
    }

    @Test
    void otherKindsHaveNoFormat() {
        assertThatThrownBy(() -> Column.text("c").format("yyyy-MM-dd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dates and timestamps");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyyMMdd, 19980612",
        "dd.MM.yyyy, 12.06.1998",
        "'EEE, d MMM uuuu', 'Fri, 12 Jun 1998'",
        "d MMMM yyyy G, 12 June 1998 AD"
    })
    void aDateIsReadInEnglishWhateverTheDefaultLocale(String pattern, String text) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Column<LocalDate> column = Column.date("c").format(pattern);
            assertThat(column.judge(text))
                    .isEqualTo(new CellVerdict.Coerced("c", text, LocalDate.of(1998, 6, 12), Why.PARSED));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Feb 29 1999", "Apr 31 1999", "Jun 00 1999", "Jun 12 1999 ", "Jun 12", "Juni 12 1999"})
    void aDayThatDoesNotExistIsRejectedWithTheFormatInTheFix(String text) {
        assertThat(Column.date("c").format("MMM dd yyyy").judge(text))
                .isInstanceOfSatisfying(CellVerdict.Rejected.class, it -> {
                    assertThat(it.rule()).isEqualTo("format");
                    assertThat(it.fix()).contains("MMM dd yyyy").contains("2026-11-24");
                    assertThat(it.toString()).doesNotContain(text);
                });
    }

    @Test
    void aMomentWithoutZoneIsUtcWhereTheFormatSaysSo() {
        Column<Instant> local = Column.timestamp("c").format("dd.MM.yyyy HH:mm");
        Column<Instant> zoned = Column.timestamp("c").format("dd.MM.yyyy HH:mm XX");
        Column<Instant> daily = Column.timestamp("c").format("dd.MM.yyyy");

        assertThat(CellReader.value(local.judge("12.06.1998 10:30"))).isEqualTo(Instant.parse("1998-06-12T10:30:00Z"));
        assertThat(CellReader.value(zoned.judge("12.06.1998 10:30 +0200")))
                .isEqualTo(Instant.parse("1998-06-12T08:30:00Z"));
        assertThat(CellReader.value(daily.judge("12.06.1998"))).isEqualTo(Instant.parse("1998-06-12T00:00:00Z"));
        assertThat(local.judge("31.06.1998 10:30")).isInstanceOf(CellVerdict.Rejected.class);
    }
}
