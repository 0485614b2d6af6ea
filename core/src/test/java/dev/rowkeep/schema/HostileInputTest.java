package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that means harm is refused, by name of the rule, in bounded time and without being quoted. */
final class HostileInputTest {
    private static final List<Column<?>> COLUMNS = List.of(
            Column.text("text").pattern("[a-z]+"),
            Column.integer("integer"),
            Column.decimal("decimal", 10, 2),
            Column.real("floating"),
            Column.bool("bool"),
            Column.date("date").format("MMM dd yyyy"),
            Column.timestamp("timestamp"),
            Column.uuid("uuid"),
            Column.enumeration("enumeration", Coercion.class),
            Column.bytes("bytes"),
            Column.textSet("tags"),
            Column.json("json"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\"b",
                "a'b",
                "a;drop table x",
                "1a",
                "_a",
                "a\u0000",
                "naïve",
                "😀",
                "a-b",
                "rowid",
                "OID",
                "sqlite_x"
            })
    void namesOfColumnsAndStoresAreAPlainAllowList(String name) {
        if (!name.equals("sqlite_x")) {
            assertThatThrownBy(() -> Column.text(name)).isInstanceOf(IllegalArgumentException.class);
        }
        if (!name.equalsIgnoreCase("rowid") && !name.equalsIgnoreCase("oid")) {
            assertThatThrownBy(() -> Schema.dynamic(name, Column.text("k")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aHostileNameInARawRowIsReportedShortAndVisible() {
        Schema<String, Row> schema = Schema.dynamic("s", Column.text("k"));
        Map<String, Object> raw = new HashMap<>(Map.of("k", "a"));
        raw.put("a\"b'\u0000\n\u202e\ud83d😀", 1);
        raw.put("x".repeat(10_000_000), 1);

        assertThat(schema.parse(raw).verdict().violations())
                .extracting(CellVerdict.Rejected::column)
                .containsExactlyInAnyOrder("a\"b'????😀", "x".repeat(63) + "…");
    }

    @ParameterizedTest
    @EnumSource(Coercion.class)
    void tenMegabytesOfTextAreReadOnceAndNotQuoted(Coercion mode) {
        for (String huge : List.of("9".repeat(10_000_000), " ".repeat(10_000_000), "[".repeat(10_000_000))) {
            for (Column<?> column : COLUMNS) {
                CellVerdict verdict = column.coercion(mode).judge(huge);
                assertThat(verdict.toString()).hasSizeLessThan(500);
                if (mode != Coercion.LENIENT && !column.name().equals("json")) {
                    assertThat(verdict).as(column.name()).isInstanceOf(CellVerdict.Rejected.class);
                }
            }
        }
    }

    @Test
    void textLongerThanACellIsRefused() {
        assertThat(Column.text("c").judge("x".repeat(Limits.CELL))).isInstanceOf(CellVerdict.Accepted.class);
        assertRule(Column.text("c"), "x".repeat(Limits.CELL + 1), "size");
    }

    @Test
    void hugeNumbersAreRefusedByTheirExponentAndLength() {
        List<Object> huge = List.of(
                "1e1000000000",
                "1e-1000000000",
                "-1e2147483647",
                "1e99999999999",
                "0.1e-2147483647",
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
                new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
                new BigDecimal(BigInteger.ONE.shiftLeft(10_000_000), 5),
                BigInteger.ONE.shiftLeft(10_000_000));
        for (Object number : huge) {
            for (Coercion mode : Coercion.values()) {
                for (Column<?> column : COLUMNS) {
                    CellVerdict verdict = column.coercion(mode).judge(number);
                    assertThat(verdict.toString()).hasSizeLessThan(500);
                }
            }
        }
    }

    @Test
    void aNumberOfAMillionDigitsIsNotComputedWith() {
        assertThat(Decimals.isBounded(new BigDecimal(BigInteger.ONE.shiftLeft(10_000_000), 5)))
                .isFalse();
        assertThat(Decimals.isBounded(new BigDecimal("1E-1000000000"))).isTrue();
        assertThat(Decimals.isBounded(new BigDecimal("9".repeat(150)))).isTrue();
    }

    @Test
    void aNumberOfAnUnknownClassIsNotTrusted() {
        BigDecimal impostor = new BigDecimal("1") {
            private static final long serialVersionUID = 1L;

            @Override
            public int precision() {
                throw new AssertionError("ran code of the value");
            }
        };

        assertRule(Column.decimal("c", 5, 2), impostor, "type");
        assertRule(Column.integer("c"), impostor, "type");
        assertRule(Column.real("c"), impostor, "type");
    }

    @Test
    void deepOrDuplicateOrNonFiniteJsonIsRefused() {
        Column<Json> column = Column.json("c");
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertRule(column, "[".repeat(100_000) + "]".repeat(100_000), "json");
        assertRule(column, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), "json");
        assertRule(column, "{\"a\":1,\"b\":2,\"a\":1}", "json");
        assertRule(column, "{\"a\":1,\"\\u0061\":1}", "json");
        assertRule(column, "NaN", "json");
        assertRule(column, "1e999999999", "json");
        assertRule(column, "1e99999999999", "json");
        assertRule(column, "9".repeat(1_001), "json");
        assertRule(column, "\"\\ud800\"", "json");
        assertRule(column, "\"\\u0000\"", "json");
        assertRule(column, "1 2", "json");
        assertRule(column, self, "json");
    }

    @Test
    void nullsAndForeignElementsInSetsAreRefused() {
        assertRule(Column.textSet("c"), Arrays.asList("a", null), "element");
        assertRule(Column.textSet("c"), List.of("a", 1), "element");
    }

    private static void assertRule(Column<?> column, Object raw, String rule) {
        assertThat(column.judge(raw))
                .isInstanceOfSatisfying(
                        CellVerdict.Rejected.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }
}
