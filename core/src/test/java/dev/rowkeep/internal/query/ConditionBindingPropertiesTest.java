package dev.rowkeep.internal.query;

import static dev.rowkeep.internal.query.SampleStore.DAY;
import static dev.rowkeep.internal.query.SampleStore.LAYOUT;
import static dev.rowkeep.internal.query.SampleStore.MOMENT;
import static dev.rowkeep.internal.query.SampleStore.PRICE;
import static dev.rowkeep.internal.query.SampleStore.SCHEMA;
import static dev.rowkeep.internal.query.SampleStore.WEIGHT;
import static dev.rowkeep.internal.query.SampleStore.cellsWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.schema.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ConditionBindingPropertiesTest {
    /** Values outside a column's range or finer than its unit. */
    private static final Map<Column<?>, List<Object>> BETWEEN_CELLS = Map.of(
            PRICE,
            Stream.of(
                            "-1E+1000000000",
                            "-100",
                            "-99.991",
                            "-1.234",
                            "-0.011",
                            "-0.001",
                            "-1E-1000000000",
                            "1E-1000000000",
                            "0.001",
                            "1.499",
                            "1.501",
                            "99.999",
                            "1E+1000000000")
                    .<Object>map(BigDecimal::new)
                    .toList(),
            WEIGHT,
            List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
            DAY,
            List.of(LocalDate.MIN, LocalDate.of(-1, 12, 31), LocalDate.of(10_000, 1, 1), LocalDate.MAX),
            MOMENT,
            List.of(
                    Instant.MIN,
                    Instant.parse("1969-12-31T23:59:59.999998999Z"),
                    Instant.parse("1969-12-31T23:59:59.999999001Z"),
                    Instant.parse("2026-02-03T04:05:06.000000999Z"),
                    Instant.parse("2026-02-03T04:05:06.000001001Z"),
                    Instant.parse("9999-12-31T23:59:59.999999999Z"),
                    Instant.MAX));

    @Property
    void aBoundConditionHoldsForTheSameRecords(
            @ForAll("conditions") Condition condition, @ForAll("keys") String key, @ForAll("cells") Object[] cells) {
        Condition bound = ConditionBinding.bind(SCHEMA, condition);

        assertThat(holds(bound, key, cells)).isEqualTo(holds(condition, key, cells));
    }

    @Property
    void aBoundConditionIsBoundToItself(@ForAll("conditions") Condition condition) {
        Condition bound = ConditionBinding.bind(SCHEMA, condition);

        assertThat(ConditionBinding.bind(SCHEMA, bound)).isEqualTo(bound);
    }

    /** The cells of a store are canonical; what they are compared with need not be. */
    @Example
    void valuesThatNoCellCanHoldAreComparedAsIfItCould() {
        BETWEEN_CELLS.forEach((column, values) -> {
            for (Object value : values) {
                for (Operator operator : Operator.values()) {
                    requireSameMeaning(new Comparison(column, operator, value));
                }
                requireSameMeaning(new Condition.In(
                        column, List.of(value, SampleStore.values(column).get(1))));
            }
        });
    }

    private static void requireSameMeaning(Condition condition) {
        Condition bound = ConditionBinding.bind(SCHEMA, condition);

        assertThat(bound).isNotEqualTo(condition);
        Column<?> column = condition instanceof Comparison c ? c.column() : ((Condition.In) condition).column();
        for (Object cell : SampleStore.values(column)) {
            Object[] cells = cellsWith(column, cell);
            assertThat(holds(bound, "k", cells))
                    .as("%s of %s", condition, cell)
                    .isEqualTo(holds(condition, "k", cells));
        }
        assertThat(holds(bound, "k", cellsWith(column, null))).isFalse();
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return SampleStore.conditions();
    }

    @Provide
    Arbitrary<String> keys() {
        return SampleStore.keys();
    }

    @Provide
    Arbitrary<Object[]> cells() {
        return SampleStore.cells();
    }

    private static boolean holds(Condition condition, String key, Object[] cells) {
        return ConditionEvaluation.of(LAYOUT, condition).test(key, cells);
    }
}
