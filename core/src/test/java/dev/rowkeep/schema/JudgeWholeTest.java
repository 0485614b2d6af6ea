package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whole records in canonical form, as the commit judges them after a merge. */
final class JudgeWholeTest {
    private static final Column<String> NAME = Column.text("name").required().length(0, 10);
    private static final Column<BigDecimal> PRICE =
            Column.decimal("price", 4, 2).min(BigDecimal.ZERO);
    private static final Column<Double> WEIGHT = Column.real("weight");
    private static final Schema<Long, Row> PRODUCTS =
            Schema.dynamic("products", Column.integer("id"), NAME, PRICE, WEIGHT);

    @Test
    void aRightRecordHasAnEmptyVerdictThatIsShared() {
        RecordVerdict verdict = PRODUCTS.judge(1L, new Object[] {"cheese", new BigDecimal("1.00"), 2.0});

        assertThat(verdict.isAccepted()).isTrue();
        assertThat(verdict.cells()).isEmpty();
        assertThat(PRODUCTS.judge(2L, new Object[] {"bread", null, null})).isSameAs(verdict);
    }

    @Test
    void onlyRejectionsAreListedAndAllOfThem() {
        RecordVerdict verdict = PRODUCTS.judge(1L, new Object[] {null, new BigDecimal("-1.00"), 2.0});

        assertThat(verdict.cells())
                .extracting(it -> it.column() + " " + ((CellVerdict.Rejected) it).rule())
                .containsExactly("name required", "price min");
    }

    @Test
    void whatAnOperationMadeTooLargeIsRejected() {
        RecordVerdict verdict =
                PRODUCTS.judge(1L, new Object[] {"cheese", new BigDecimal("100.00"), Double.POSITIVE_INFINITY});
        assertThat(verdict.violations()).extracting(CellVerdict.Rejected::rule).containsExactly("precision", "finite");

        Schema<Long, Row> large =
                Schema.dynamic("large", Column.integer("id"), Column.text("text"), Column.textSet("tags"));
        String long24 = "x".repeat(Limits.CELL + 1);
        assertThat(large.judge(1L, new Object[] {long24, new TreeSet<>(List.of(long24))})
                        .violations())
                .extracting(it -> it.column() + " " + it.rule())
                .containsExactly("text size", "tags size");
    }

    @Test
    void aCheckSeesTheWholeRecord() {
        Schema<Long, Row> checked = PRODUCTS.check("priced", row -> row.get(PRICE) != null, "Give a price.");

        assertThat(checked.judge(1L, new Object[] {"cheese", null, null}).violations())
                .containsExactly(
                        new CellVerdict.Rejected("priced", "priced", "the record fails the check", "Give a price."));
        assertThat(checked.judge(1L, new Object[] {null, null, null}).violations())
                .as("a check may rely on cells that are right")
                .extracting(CellVerdict.Rejected::rule)
                .containsExactly("required");
        assertThat(checked.needsCaller()).isTrue();
        assertThat(PRODUCTS.needsCaller()).isFalse();
    }

    @Test
    void theNumberOfCellsMustFit() {
        assertThatThrownBy(() -> PRODUCTS.judge(1L, new Object[] {"cheese"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 cells");
    }

    @Test
    void aRuleAddedToTheKeyOrAColumnReplacesIt() {
        Schema<Long, Row> stricter = PRODUCTS.with(PRODUCTS.key().min(10L)).with(PRICE.required());

        assertThat(stricter.judgeKey(9L)).isInstanceOf(CellVerdict.Rejected.class);
        assertThat(stricter.judge(10L, new Object[] {"cheese", null, null}).isAccepted())
                .isFalse();
        assertThatThrownBy(() -> PRODUCTS.with(Column.text("nosuch")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column nosuch");
    }

    @Test
    void aSetIsEqualWhateverItsClass() {
        Schema<Long, Row> tagged = Schema.dynamic(
                "tagged", Column.integer("id"), Column.textSet("tags").required());

        Object canonical = CellReader.value(tagged.columns().get(0).judge(List.of("b", "a")));
        assertThat(canonical).isEqualTo(Collections.unmodifiableSortedSet(new TreeSet<>(List.of("a", "b"))));
        assertThat(tagged.judge(1L, new Object[] {canonical}).isAccepted()).isTrue();
    }
}
