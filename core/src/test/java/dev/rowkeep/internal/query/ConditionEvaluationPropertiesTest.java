package dev.rowkeep.internal.query;

import static dev.rowkeep.internal.query.SampleStore.LAYOUT;
import static dev.rowkeep.internal.query.SampleStore.NAME;
import static dev.rowkeep.internal.query.SampleStore.SCHEMA;
import static dev.rowkeep.internal.query.SampleStore.TAGS;
import static dev.rowkeep.internal.query.SampleStore.cellsWith;
import static dev.rowkeep.internal.query.SampleStore.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.Image;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ConditionEvaluationPropertiesTest {
    @Property
    void notNotIsTheConditionItself(
            @ForAll("conditions") Condition c, @ForAll("keys") String key, @ForAll("cells") Object[] cells) {
        assertThat(holds(c.not().not(), key, cells)).isEqualTo(holds(c, key, cells));
    }

    @Property
    void aConditionOrItsNegationHoldsButNeverBoth(
            @ForAll("conditions") Condition c, @ForAll("keys") String key, @ForAll("cells") Object[] cells) {
        assertThat(holds(c, key, cells)).isNotEqualTo(holds(c.not(), key, cells));
    }

    @Property
    void deMorganHolds(
            @ForAll("conditions") Condition a,
            @ForAll("conditions") Condition b,
            @ForAll("keys") String key,
            @ForAll("cells") Object[] cells) {
        assertThat(holds(a.and(b).not(), key, cells)).isEqualTo(holds(a.not().or(b.not()), key, cells));
        assertThat(holds(a.or(b).not(), key, cells)).isEqualTo(holds(a.not().and(b.not()), key, cells));
    }

    @Property
    void nothingIsTrueOfAMissingValueButThatItIsMissing(
            @ForAll("comparisons") Comparison comparison, @ForAll("keys") String key, @ForAll("cells") Object[] cells) {
        cells[SCHEMA.ordinal(comparison.column())] = null;

        assertThat(holds(comparison, key, cells)).isFalse();
        assertThat(holds(comparison.not(), key, cells)).isTrue();
        assertThat(holds(new Condition.In(comparison.column(), List.of(comparison.value())), key, cells))
                .isFalse();
        assertThat(holds(Condition.isMissing(comparison.column()), key, cells)).isTrue();
    }

    @Property
    void comparisonsSayWhatTheTypesOrderSays(
            @ForAll("comparisons") Comparison comparison, @ForAll("keys") String key, @ForAll("cells") Object[] cells) {
        Object cell = cells[SCHEMA.ordinal(comparison.column())];
        Integer order = cell == null ? null : comparison.column().type().compare(cell, comparison.value());
        boolean expected = order != null
                && switch (comparison.operator()) {
                    case EQUAL -> order == 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                };

        assertThat(holds(comparison, key, cells)).isEqualTo(expected);
    }

    @Property
    void inIsEqualityWithAnyOfTheValues(@ForAll("columns") Column<?> column, @ForAll("cells") Object[] cells) {
        List<Object> values = SampleStore.values(column);
        for (int size = 0; size <= values.size(); size++) {
            List<Object> some = values.subList(0, size);
            Object cell = cells[SCHEMA.ordinal(column)];
            boolean expected = some.stream().anyMatch(value -> Objects.equals(value, cell));

            assertThat(holds(new Condition.In(column, some), "k", cells)).isEqualTo(expected);
        }
    }

    @Example
    void allOfNothingHoldsAndAnyOfNothingDoesNot() {
        assertThat(holds(new Condition.And(List.of()), "k", new Object[11])).isTrue();
        assertThat(holds(new Condition.Or(List.of()), "k", new Object[11])).isFalse();
    }

    @Example
    void theKeyIsAColumnLikeAnyOther() {
        assertThat(holds(Condition.less(SampleStore.ID, "b"), "a", new Object[11]))
                .isTrue();
        assertThat(holds(Condition.less(SampleStore.ID, "b"), "b", new Object[11]))
                .isFalse();
        assertThat(holds(Condition.isMissing(SampleStore.ID), "b", new Object[11]))
                .isFalse();
    }

    @Example
    void partsOfTextsAndElementsOfSetsAreFoundToTheLetter() {
        assertThat(holds(Condition.startsWith(NAME, "Ab"), "k", cellsWith(NAME, "Abc")))
                .isTrue();
        assertThat(holds(Condition.startsWith(NAME, "ab"), "k", cellsWith(NAME, "Abc")))
                .isFalse();
        assertThat(holds(Condition.startsWith(NAME, "%"), "k", cellsWith(NAME, "Abc")))
                .isFalse();
        assertThat(holds(Condition.contains(NAME, "bc"), "k", cellsWith(NAME, "Abc")))
                .isTrue();
        assertThat(holds(Condition.contains(NAME, "_"), "k", cellsWith(NAME, "Abc")))
                .isFalse();
        assertThat(holds(Condition.contains(TAGS, "a"), "k", cellsWith(TAGS, set("a", "b"))))
                .isTrue();
        assertThat(holds(Condition.contains(TAGS, "a"), "k", cellsWith(TAGS, set("ab"))))
                .isFalse();
    }

    @Example
    void nothingHoldsForATombstone() {
        Image tombstone = new Image("k", 2, 2, Image.Liveness.TOMBSTONE, new Object[0], Author.job("test"), 0, null, 0);

        assertThat(ConditionEvaluation.of(LAYOUT, Condition.everything()).test(tombstone))
                .isFalse();
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return SampleStore.conditions();
    }

    @Provide
    Arbitrary<Comparison> comparisons() {
        return columns()
                .filter(column -> column.type().kind().isOrdered())
                .flatMap(column -> Arbitraries.of(SampleStore.values(column))
                        .flatMap(value -> Arbitraries.of(Operator.class)
                                .map(operator -> new Comparison(column, operator, value))));
    }

    @Provide
    Arbitrary<Column<?>> columns() {
        return Arbitraries.of(SCHEMA.columns());
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
