package dev.rowkeep.schema;

import static dev.rowkeep.schema.VerdictTableTest.FORMAT;
import static dev.rowkeep.schema.VerdictTableTest.TYPE;
import static dev.rowkeep.schema.VerdictTableTest.row;

import dev.rowkeep.schema.VerdictTableTest.Bent;
import dev.rowkeep.schema.VerdictTableTest.No;
import dev.rowkeep.schema.VerdictTableTest.Ok;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The rows of {@link VerdictTableTest} about numbers. */
final class NumberVerdicts {
    private NumberVerdicts() {}

    static Stream<Arguments> integer() {
        Column<Long> column = Column.integer("c");
        No whole = new No("whole");
        No range = new No("range");
        return Stream.of(
                row(column, 12L, new Ok(12L), new Ok(12L), new Ok(12L)),
                row(column, 12, TYPE, new Ok(12L), new Ok(12L)),
                row(column, (short) 12, TYPE, new Ok(12L), new Ok(12L)),
                row(column, (byte) 12, TYPE, new Ok(12L), new Ok(12L)),
                row(column, BigInteger.TEN, TYPE, new Ok(10L), new Ok(10L)),
                row(column, BigInteger.TWO.pow(63), TYPE, range, range),
                row(column, 12.0, TYPE, new Bent(12L, Why.FROM_FLOATING), new Bent(12L, Why.FROM_FLOATING)),
                row(
                        column,
                        -0x1p63,
                        TYPE,
                        new Bent(Long.MIN_VALUE, Why.FROM_FLOATING),
                        new Bent(Long.MIN_VALUE, Why.FROM_FLOATING)),
                row(column, 0x1p63, TYPE, range, range),
                row(column, 12.5, TYPE, whole, whole),
                row(column, Float.NaN, TYPE, new No("finite"), new No("finite")),
                row(column, new BigDecimal("12.00"), TYPE, new Bent(12L, Why.WHOLE), new Bent(12L, Why.WHOLE)),
                row(column, new BigDecimal("0.5"), TYPE, whole, whole),
                row(column, new BigDecimal("1E+1000000000"), TYPE, range, range),
                row(column, new BigDecimal("1E-1000000000"), TYPE, whole, whole),
                row(column, "12", TYPE, new Bent(12L, Why.PARSED), new Bent(12L, Why.PARSED)),
                row(column, "-12", TYPE, new Bent(-12L, Why.PARSED), new Bent(-12L, Why.PARSED)),
                row(
                        column,
                        "9223372036854775807",
                        TYPE,
                        new Bent(Long.MAX_VALUE, Why.PARSED),
                        new Bent(Long.MAX_VALUE, Why.PARSED)),
                row(column, "9223372036854775808", TYPE, range, range),
                row(column, "1e3", TYPE, new Bent(1000L, Why.PARSED), new Bent(1000L, Why.PARSED)),
                row(column, "12.5", TYPE, whole, whole),
                row(column, " 12 ", TYPE, FORMAT, new Bent(12L, Why.BLANKS)),
                row(column, " 1,234 ", TYPE, FORMAT, new Bent(1234L, Why.THOUSANDS)),
                row(column, "1 234 567", TYPE, FORMAT, new Bent(1234567L, Why.THOUSANDS)),
                row(column, "1,23", TYPE, FORMAT, FORMAT),
                row(column, "1,234'567", TYPE, FORMAT, FORMAT),
                row(column, "\u0661", TYPE, FORMAT, FORMAT),
                row(column, "twelve", TYPE, FORMAT, FORMAT),
                row(column, "+", TYPE, FORMAT, FORMAT),
                row(column, "", TYPE, FORMAT, new Bent(null, Why.BLANK)),
                row(column, true, TYPE, TYPE, TYPE));
    }

    static Stream<Arguments> decimal() {
        Column<BigDecimal> column = Column.decimal("c", 5, 2);
        No precision = new No("precision");
        No scale = new No("scale");
        Ok half = new Ok(new BigDecimal("12.50"));
        return Stream.of(
                row(column, new BigDecimal("12.5"), half, half, half),
                row(column, new BigDecimal("12.50000"), half, half, half),
                row(column, new BigDecimal("12.505"), scale, scale, new Bent(new BigDecimal("12.50"), Why.ROUNDED)),
                row(column, new BigDecimal("12.515"), scale, scale, new Bent(new BigDecimal("12.52"), Why.ROUNDED)),
                row(
                        column,
                        new BigDecimal("1E-1000000000"),
                        scale,
                        scale,
                        new Bent(new BigDecimal("0.00"), Why.ROUNDED)),
                row(column, new BigDecimal("0.005"), scale, scale, new Bent(new BigDecimal("0.00"), Why.ROUNDED)),
                row(column, new BigDecimal("0.0051"), scale, scale, new Bent(new BigDecimal("0.01"), Why.ROUNDED)),
                row(column, new BigDecimal("999.995"), scale, scale, precision),
                row(column, new BigDecimal("1000"), precision, precision, precision),
                row(column, new BigDecimal("1E+1000000000"), precision, precision, precision),
                row(column, new BigDecimal("0E+1000000000"), zero(), zero(), zero()),
                row(column, BigDecimal.TEN.pow(400), precision, precision, precision),
                row(column, 12, TYPE, new Ok(new BigDecimal("12.00")), new Ok(new BigDecimal("12.00"))),
                row(column, 1000L, TYPE, precision, precision),
                row(column, BigInteger.TEN.pow(1000), TYPE, precision, precision),
                row(
                        column,
                        6.1,
                        TYPE,
                        new Bent(new BigDecimal("6.10"), Why.FROM_FLOATING),
                        new Bent(new BigDecimal("6.10"), Why.FROM_FLOATING)),
                row(column, 0.123, TYPE, scale, new Bent(new BigDecimal("0.12"), Why.ROUNDED)),
                row(column, Double.POSITIVE_INFINITY, TYPE, new No("finite"), new No("finite")),
                row(
                        column,
                        "12.5",
                        TYPE,
                        new Bent(new BigDecimal("12.50"), Why.PARSED),
                        new Bent(new BigDecimal("12.50"), Why.PARSED)),
                row(column, "1e1000000000", TYPE, precision, precision),
                row(column, "1e99999999999999999999", TYPE, precision, precision),
                row(column, "1e-1000000000", TYPE, scale, new Bent(new BigDecimal("0.00"), Why.ROUNDED)),
                row(column, "$12", TYPE, FORMAT, FORMAT),
                row(column, "NaN", TYPE, FORMAT, FORMAT));
    }

    private static Ok zero() {
        return new Ok(new BigDecimal("0.00"));
    }

    static Stream<Arguments> floating() {
        Column<Double> column = Column.real("c");
        No finite = new No("finite");
        No exact = new No("exact");
        return Stream.of(
                row(column, 1.5, new Ok(1.5), new Ok(1.5), new Ok(1.5)),
                row(column, -0.0, new Ok(0.0), new Ok(0.0), new Ok(0.0)),
                row(column, Double.NaN, finite, finite, finite),
                row(column, Double.NEGATIVE_INFINITY, finite, finite, finite),
                row(column, 1.5f, TYPE, new Ok(1.5), new Ok(1.5)),
                row(column, 12, TYPE, new Ok(12.0), new Ok(12.0)),
                row(column, Long.MAX_VALUE, TYPE, exact, new Bent(0x1p63, Why.NEAREST)),
                row(column, (1L << 53) + 1, TYPE, exact, new Bent(0x1p53, Why.NEAREST)),
                row(column, new BigDecimal("6.1"), TYPE, new Ok(6.1), new Ok(6.1)),
                row(column, new BigDecimal("6.10000000000000000001"), TYPE, exact, new Bent(6.1, Why.NEAREST)),
                row(column, new BigDecimal("1E+1000000000"), TYPE, finite, finite),
                row(column, BigInteger.TEN.pow(10_000), TYPE, finite, finite),
                row(column, "6.1", TYPE, new Bent(6.1, Why.PARSED), new Bent(6.1, Why.PARSED)),
                row(column, "-0", TYPE, new Bent(0.0, Why.PARSED), new Bent(0.0, Why.PARSED)),
                row(column, "1e400", TYPE, finite, finite),
                row(column, "1e-400", TYPE, exact, new Bent(0.0, Why.NEAREST)),
                row(column, "0e-400", TYPE, new Bent(0.0, Why.PARSED), new Bent(0.0, Why.PARSED)),
                row(column, "0x1p3", TYPE, FORMAT, FORMAT),
                row(column, "1d", TYPE, FORMAT, FORMAT),
                row(column, "Infinity", TYPE, FORMAT, FORMAT),
                row(column, "1,234.5", TYPE, FORMAT, new Bent(1234.5, Why.THOUSANDS)));
    }
}
