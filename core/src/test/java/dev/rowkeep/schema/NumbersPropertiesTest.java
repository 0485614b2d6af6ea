package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;

/** Numbers against the straightforward computation, where that is affordable. */
final class NumbersPropertiesTest {
    @Property
    void aDecimalIsRoundedHalfEvenOrRefusedForItsSize(
            @ForAll @BigRange(min = "-2000", max = "2000") @Scale(8) BigDecimal number,
            @ForAll @IntRange(max = 4) int scale) {
        Column<BigDecimal> column = Column.decimal("c", 6, scale).coercion(Coercion.LENIENT);
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_EVEN);

        CellVerdict verdict = column.judge(number);

        if (rounded.precision() > 6 && rounded.signum() != 0) {
            assertThat(verdict).isInstanceOf(CellVerdict.Rejected.class);
        } else {
            assertThat(CellReader.value(verdict)).isEqualTo(rounded);
            assertThat(verdict instanceof CellVerdict.Accepted).isEqualTo(rounded.compareTo(number) == 0);
        }
    }

    @Property
    void everyLongIsReadBackFromEveryFormThatHoldsIt(@ForAll long number) {
        Column<Long> column = Column.integer("c").coercion(Coercion.LENIENT);
        String grouped = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(number);

        assertThat(CellReader.value(column.judge(Long.toString(number)))).isEqualTo(number);
        assertThat(CellReader.value(column.judge(grouped))).isEqualTo(number);
        assertThat(CellReader.value(column.judge(new BigDecimal(number)))).isEqualTo(number);
        assertThat(CellReader.value(column.judge(new BigDecimal(number).toBigInteger())))
                .isEqualTo(number);
    }

    @Property
    void everyFiniteDoubleIsReadBackFromItsText(@ForAll double number) {
        Assume.that(Double.isFinite(number));
        assertThat(CellReader.value(Column.real("c").judge(Double.toString(number))))
                .isEqualTo(number + 0.0);
        assertThat(CellReader.value(Column.real("c").judge(new BigDecimal(Double.toString(number)))))
                .isEqualTo(number + 0.0);
    }

    @Property
    void textIsANumberExactlyWhereJavaTakesItForADecimal(@ForAll @StringLength(max = 8) String noise) {
        for (String text : new String[] {noise, noise.replaceAll("[^0-9+\\-.eE]", "1"), "1" + noise}) {
            boolean java = isDecimal(text);
            NumberText number = NumberText.read(text, Coercion.STRICT);
            // Java also takes digits of other scripts, and refuses exponents that fit no int.
            if (text.chars().allMatch(c -> c < 128)) {
                assertThat(number != null && number.toDecimal() != null)
                        .as(text)
                        .isEqualTo(java);
            }
        }
    }

    private static boolean isDecimal(String text) {
        try {
            return new BigDecimal(text) != null;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
