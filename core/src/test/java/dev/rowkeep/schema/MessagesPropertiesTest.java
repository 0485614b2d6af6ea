package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No verdict tells a value, and none is longer than a line or two. */
final class MessagesPropertiesTest {
    private static final String MARK = "Zx7Qv";

    private static final List<Column<?>> COLUMNS = List.of(
            Column.text("text").pattern("[a-z]+").length(0, 2).oneOf("a"),
            Column.integer("integer").max(1L),
            Column.decimal("decimal", 3, 1).max(BigDecimal.ONE),
            Column.real("floating").max(1.0),
            Column.bool("bool"),
            Column.date("date").format("MMM dd yyyy"),
            Column.timestamp("timestamp").format("dd.MM.yyyy"),
            Column.uuid("uuid"),
            Column.enumeration("enumeration", Coercion.class),
            Column.bytes("bytes").length(0, 1),
            Column.textSet("tags").length(0, 1),
            Column.json("json").length(0, 1));

    @Property
    void noVerdictQuotesTheValue(@ForAll("values") Object raw, @ForAll Coercion mode) {
        for (Column<?> column : COLUMNS) {
            CellVerdict verdict = column.coercion(mode).judge(raw);
            assertThat(verdict.toString())
                    .doesNotContain(MARK)
                    .doesNotContain("98765")
                    .hasSizeLessThan(400);
            assertThat(new RecordVerdict(List.of(verdict)).toString())
                    .doesNotContain(MARK)
                    .doesNotContain("98765");
        }
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(10).map(noise -> noise + MARK + noise);
        return Arbitraries.oneOf(
                texts.map(it -> it),
                texts.map(it -> "\"" + it),
                texts.list().ofMaxSize(3).map(it -> it),
                texts.map(it -> Map.of(it, it)),
                Arbitraries.of(98765L, 98765, 98765.98765, new BigDecimal("98765.98765"), "98765", "98765.98765"));
    }
}
