package dev.rowkeep.internal.query;

import static dev.rowkeep.internal.query.SampleStore.COUNT;
import static dev.rowkeep.internal.query.SampleStore.NAME;
import static dev.rowkeep.internal.query.SampleStore.SCHEMA;
import static dev.rowkeep.internal.query.SampleStore.TAGS;
import static dev.rowkeep.internal.query.SampleStore.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.schema.Column;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ConditionBindingTest {
    @Test
    void aForeignColumnIsNamed() {
        Condition condition = Condition.everything()
                .and(Condition.eq(Column.text("elsewhere"), "x").not());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(condition))
                .withMessageContaining("samples")
                .withMessageContaining("elsewhere");
    }

    @Test
    void aColumnOfTheSameNameAndAnotherTypeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(Condition.eq(Column.integer("name"), 1L)))
                .withMessageContaining("Column name of store samples is text, not integer");
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(new Comparison(COUNT, Operator.LESS, 1)))
                .withMessageContaining("Integer")
                .withMessageContaining("Give a Long");
    }

    @Test
    void notANumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(Condition.less(WEIGHT, Double.NaN)))
                .withMessageContaining("weight")
                .withMessageContaining("NaN");
    }

    @Test
    void minusZeroIsZero() {
        assertThat(bind(Condition.eq(WEIGHT, -0.0))).isEqualTo(Condition.eq(WEIGHT, 0.0));
    }

    @Test
    void aMissingValueIsRefusedWithTheWayToAskForIt() {
        assertThatNullPointerException()
                .isThrownBy(() -> bind(Condition.eq(NAME, null)))
                .withMessageContaining("isMissing");
    }

    @Test
    void halfACharacterIsRefused() {
        String half = "😀".substring(0, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> bind(Condition.eq(NAME, half)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(Condition.startsWith(NAME, half)))
                .withMessageContaining("column name text of store samples");
        assertThatIllegalArgumentException().isThrownBy(() -> bind(Condition.contains(TAGS, "\0")));
    }

    @Test
    void aSetGetsTheOrderOfCodePoints() {
        TreeSet<String> byUtf16 = new TreeSet<>(List.of("\uFFFD", "😀"));

        Comparison bound = (Comparison) bind(Condition.eq(TAGS, byUtf16));

        assertThat((Iterable<?>) bound.value()).hasToString("[\uFFFD, 😀]");
    }

    @Test
    void aLongChainIsFlat() {
        Condition chain = Condition.eq(COUNT, 0L);
        for (long i = 1; i < ConditionBinding.MAX_PARTS - 1; i++) {
            chain = chain.or(Condition.eq(COUNT, i));
        }

        assertThat(((Condition.Or) bind(chain)).parts()).hasSize(ConditionBinding.MAX_PARTS - 1);
    }

    @Test
    void aConditionHasALimitedSizeHoweverItIsNested() {
        Condition chain = Condition.eq(COUNT, 0L);
        Condition nested = Condition.eq(COUNT, 0L);
        for (long i = 1; i < 100_000; i++) {
            chain = Condition.eq(COUNT, i).and(chain);
            nested = nested.not();
        }
        Condition tooLong = chain;
        Condition tooDeep = nested;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(tooLong))
                .withMessageContaining("more than " + ConditionBinding.MAX_PARTS + " parts");
        assertThatIllegalArgumentException().isThrownBy(() -> bind(tooDeep));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(Condition.in(
                        COUNT,
                        LongStream.rangeClosed(0, ConditionBinding.MAX_VALUES)
                                .boxed()
                                .toList())))
                .withMessageContaining("at most " + ConditionBinding.MAX_VALUES);
    }

    private static Condition bind(Condition condition) {
        return ConditionBinding.bind(SCHEMA, condition);
    }
}
