package dev.rowkeep.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CellMergerTest {
    private static final CellOutcome AGREED = new CellOutcome.Agreed();
    private static final CellOutcome UNDECIDED = new CellOutcome.Undecided();

    enum Size {
        SMALL,
        LARGE
    }

    @Test
    void equalValuesAgree() {
        assertThat(CellMerger.merge(Column.text("name"), "a", "b", "b")).isEqualTo(AGREED);
        assertThat(CellMerger.merge(Column.text("name"), "a", null, null)).isEqualTo(AGREED);
    }

    @Test
    void differentValuesAreUndecidedByDefault() {
        assertThat(CellMerger.merge(Column.text("name"), "a", "b", "c")).isEqualTo(UNDECIDED);
    }

    @Test
    void lastAndFirstWriterWin() {
        assertThat(merge(MergeRule.LAST_WRITER_WINS, "a", null, "c")).isEqualTo(decided(null));
        assertThat(merge(MergeRule.KEEP_FIRST, "a", null, "c")).isEqualTo(decided("c"));
    }

    @Test
    void sumCountsBothDifferencesEvenOfEqualValues() {
        Column<Long> stock = Column.integer("stock").merge(MergeRule.SUM);

        assertThat(CellMerger.merge(stock, 10L, 11L, 11L)).isEqualTo(decided(12L));
        assertThat(CellMerger.merge(stock, 10L, 7L, 15L)).isEqualTo(decided(12L));
        assertThat(CellMerger.merge(stock, null, 3L, 4L)).isEqualTo(decided(7L));
        assertThat(CellMerger.merge(stock, 5L, null, 7L)).isEqualTo(decided(2L));
    }

    @Test
    void sumThatTheColumnCannotHoldIsUndecided() {
        Column<Long> stock = Column.integer("stock").merge(MergeRule.SUM);
        Column<BigDecimal> price = Column.decimal("price", 4, 2).merge(MergeRule.SUM);
        Column<Double> weight = Column.real("weight").merge(MergeRule.SUM);

        assertThat(CellMerger.merge(stock, 0L, Long.MAX_VALUE, 1L)).isEqualTo(UNDECIDED);
        assertThat(CellMerger.merge(stock, Long.MIN_VALUE, 0L, -1L)).isEqualTo(decided(Long.MAX_VALUE));
        assertThat(CellMerger.merge(price, new BigDecimal("0.00"), new BigDecimal("99.99"), new BigDecimal("0.01")))
                .isEqualTo(UNDECIDED);
        assertThat(CellMerger.merge(weight, 0.0, Double.MAX_VALUE, Double.MAX_VALUE))
                .isEqualTo(UNDECIDED);
    }

    @Test
    void sumOfDecimalsHasTheScaleOfTheColumn() {
        Column<BigDecimal> price = Column.decimal("price", 10, 2).merge(MergeRule.SUM);

        assertThat(CellMerger.merge(price, null, new BigDecimal("1.10"), new BigDecimal("-1.10")))
                .isEqualTo(decided(new BigDecimal("0.00")));
    }

    @Test
    void sumOfDoublesIsRoundedOnlyOnce() {
        Column<Double> weight = Column.real("weight").merge(MergeRule.SUM);

        assertThat(CellMerger.merge(weight, 1e16, 1.0, 1e16 + 2)).isEqualTo(decided(3.0));
        assertThat(CellMerger.merge(weight, 1.0, 0.0, 1e-300)).isEqualTo(decided(-1.0));
    }

    @Test
    void largestAndSmallestStayAndMissingLoses() {
        Column<Long> high = Column.integer("high").merge(MergeRule.MAX);
        Column<Long> low = Column.integer("low").merge(MergeRule.MIN);

        assertThat(CellMerger.merge(high, 1L, 5L, 3L)).isEqualTo(decided(5L));
        assertThat(CellMerger.merge(high, 1L, null, 3L)).isEqualTo(decided(3L));
        assertThat(CellMerger.merge(high, 1L, 3L, null)).isEqualTo(decided(3L));
        assertThat(CellMerger.merge(low, 1L, 5L, 3L)).isEqualTo(decided(3L));
        assertThat(CellMerger.merge(low, 1L, null, 3L)).isEqualTo(decided(3L));
        assertThat(CellMerger.merge(low, 1L, 3L, null)).isEqualTo(decided(3L));
    }

    @Test
    void largestTextIsTheLastByCodePoint() {
        Column<String> name = Column.text("name").merge(MergeRule.MAX);

        assertThat(CellMerger.merge(name, "a", "\uFFFD", "😀")).isEqualTo(decided("😀"));
    }

    @Test
    void unionKeepsWhatEitherAddedAndDropsWhatEitherRemoved() {
        Column<SortedSet<String>> tags = Column.textSet("tags").merge(MergeRule.UNION);

        assertThat(CellMerger.merge(tags, set("a", "b"), set("a", "b", "c"), set("b", "d")))
                .isEqualTo(decided(set("b", "c", "d")));
        assertThat(CellMerger.merge(tags, set("a"), null, set("a", "b"))).isEqualTo(decided(set("b")));
        assertThat(CellMerger.merge(tags, null, set("a"), set("b"))).isEqualTo(decided(set("a", "b")));
    }

    @Test
    void textRuleNeedsThreeTexts() {
        Column<String> body = Column.text("body").merge(MergeRule.TEXT);

        assertThat(CellMerger.merge(body, "a b", "x b", "a y")).isEqualTo(decided("x y"));
        assertThat(CellMerger.merge(body, null, "a", "b")).isEqualTo(UNDECIDED);
        assertThat(CellMerger.merge(body, "a", null, "b")).isEqualTo(UNDECIDED);
        assertThat(CellMerger.merge(body, "a", "b", null)).isEqualTo(UNDECIDED);
    }

    @Test
    void customMergeSeesTheApplicationsValues() {
        List<Object> seen = new ArrayList<>();
        Column<Size> size = Column.enumeration("size", Size.class).mergeWith((base, mine, theirs) -> {
            seen.add(base);
            seen.add(mine);
            seen.add(theirs);
            return Optional.of(Size.LARGE);
        });

        assertThat(CellMerger.merge(size, null, "SMALL", "LARGE")).isEqualTo(decided("LARGE"));
        assertThat(seen).containsExactly(null, Size.SMALL, Size.LARGE);
    }

    @Test
    void customMergeMayDecline() {
        Column<Long> count = Column.integer("count").mergeWith((base, mine, theirs) -> Optional.empty());

        assertThat(CellMerger.merge(count, 1L, 2L, 3L)).isEqualTo(UNDECIDED);
    }

    @Test
    void failureOfACustomMergePasses() {
        Column<Long> count = Column.integer("count").mergeWith((base, mine, theirs) -> {
            throw new IllegalStateException("mine");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> CellMerger.merge(count, 1L, 2L, 3L))
                .withMessage("mine");
    }

    @Test
    void customMergeIsOnlyAskedWhereBothChangedDifferently() {
        Column<Long> count = Column.integer("count").mergeWith((base, mine, theirs) -> {
            throw new AssertionError("asked");
        });

        assertThat(CellMerger.merge(count, 1L, 1L, 3L)).isEqualTo(new CellOutcome.Theirs());
        assertThat(CellMerger.merge(count, 1L, 3L, 1L)).isEqualTo(new CellOutcome.Mine());
        assertThat(CellMerger.merge(count, 1L, 3L, 3L)).isEqualTo(AGREED);
    }

    private static CellOutcome merge(MergeRule rule, String base, String mine, String theirs) {
        return CellMerger.merge(Column.text("name").merge(rule), base, mine, theirs);
    }

    private static CellOutcome decided(Object value) {
        return new CellOutcome.Decided(value);
    }

    private static SortedSet<String> set(String... elements) {
        SortedSet<String> set = new TreeSet<>(ColumnType.TEXT::compare);
        set.addAll(List.of(elements));
        return set;
    }
}
