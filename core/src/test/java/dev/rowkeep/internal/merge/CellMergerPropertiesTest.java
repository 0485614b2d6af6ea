package dev.rowkeep.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.merge.MergeRule;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CellMergerPropertiesTest {
    private static final Column<SortedSet<String>> TAGS = Column.textSet("tags").merge(MergeRule.UNION);

    @Property
    void sideThatDidNotChangeTheCellYields(@ForAll("cases") Case it) {
        assertThat(CellMerger.merge(it.column, it.base, it.base, it.theirs)).isEqualTo(new CellOutcome.Theirs());
        assertThat(land(it.column, it.base, it.base, it.theirs)).contains(optional(it.theirs));
        assertThat(land(it.column, it.base, it.mine, it.base)).contains(optional(it.mine));
    }

    @Property
    void bothSidesAreAlikeButWhereOrderIsTheRule(@ForAll("cases") Case it) {
        if (it.column.mergeRule() != MergeRule.LAST_WRITER_WINS && it.column.mergeRule() != MergeRule.KEEP_FIRST) {
            assertThat(land(it.column, it.base, it.mine, it.theirs))
                    .isEqualTo(land(it.column, it.base, it.theirs, it.mine));
        }
    }

    @Property
    void equalValuesStayButUnderSum(@ForAll("cases") Case it) {
        if (it.column.mergeRule() != MergeRule.SUM) {
            assertThat(land(it.column, it.base, it.mine, it.mine)).contains(optional(it.mine));
        }
    }

    @Property
    void sumHoldsBothDifferences(@ForAll int base, @ForAll int mine, @ForAll int theirs) {
        Column<Long> column = Column.integer("n").merge(MergeRule.SUM);

        Object landed = land(column, (long) base, (long) mine, (long) theirs)
                .orElseThrow()
                .orElseThrow();

        assertThat(landed).isEqualTo((long) base + ((long) mine - base) + ((long) theirs - base));
    }

    @Property
    void unionHoldsAdditionsAndRemovalsOfBoth(
            @ForAll("sets") SortedSet<String> base,
            @ForAll("sets") SortedSet<String> mine,
            @ForAll("sets") SortedSet<String> theirs) {
        @SuppressWarnings("unchecked")
        Set<String> merged =
                (Set<String>) land(TAGS, base, mine, theirs).orElseThrow().orElseThrow();

        for (String element : new TreeSet<>(Set.of("a", "b", "c", "d", "e"))) {
            boolean expected = base.contains(element)
                    ? mine.contains(element) && theirs.contains(element)
                    : mine.contains(element) || theirs.contains(element);
            assertThat(merged.contains(element)).as(element).isEqualTo(expected);
        }
    }

    @Property
    void unionIsAssociativeOverOneBase(
            @ForAll("sets") SortedSet<String> base,
            @ForAll("sets") SortedSet<String> a,
            @ForAll("sets") SortedSet<String> b,
            @ForAll("sets") SortedSet<String> c) {
        Object left = TextSets.merge(base, TextSets.merge(base, a, b), c);
        Object right = TextSets.merge(base, a, TextSets.merge(base, b, c));

        assertThat(left).isEqualTo(right);
    }

    /** The value that lands in the cell, as the engine puts it; empty if the cell is undecided. */
    private static Optional<Optional<Object>> land(Column<?> column, Object base, Object mine, Object theirs) {
        CellOutcome outcome = CellMerger.merge(column, base, mine, theirs);
        if (outcome instanceof CellOutcome.Undecided) {
            return Optional.empty();
        }
        if (outcome instanceof CellOutcome.Decided decided) {
            return Optional.of(optional(decided.value()));
        }
        return Optional.of(optional(outcome instanceof CellOutcome.Mine ? mine : theirs));
    }

    private static Optional<Object> optional(Object value) {
        return Optional.ofNullable(value);
    }

    @Provide
    Arbitrary<SortedSet<String>> sets() {
        return Arbitraries.of("a", "b", "c", "d", "e").set().ofMaxSize(5).map(CellMergerPropertiesTest::set);
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Object> whole = Arbitraries.longs().asGeneric();
        Arbitrary<Object> few = Arbitraries.longs().between(0, 3).asGeneric();
        Arbitrary<Object> real = Arbitraries.doubles().map(it -> it + 0.0).asGeneric();
        Arbitrary<Object> decimal = Arbitraries.longs()
                .between(-9999, 9999)
                .map(it -> BigDecimal.valueOf(it, 2))
                .asGeneric();
        Arbitrary<Object> text =
                Arbitraries.strings().withChars("ab \n").ofMaxLength(12).asGeneric();
        Arbitrary<Object> sets = sets().asGeneric();
        return Arbitraries.oneOf(
                cases(Column.integer("n").merge(MergeRule.SUM), whole),
                cases(Column.real("n").merge(MergeRule.SUM), real),
                cases(Column.decimal("n", 4, 2).merge(MergeRule.SUM), decimal),
                cases(Column.integer("n").merge(MergeRule.MAX), few),
                cases(Column.integer("n").merge(MergeRule.MIN), few),
                cases(Column.integer("n"), few),
                cases(Column.integer("n").merge(MergeRule.LAST_WRITER_WINS), few),
                cases(Column.integer("n").merge(MergeRule.KEEP_FIRST), few),
                cases(Column.text("t").merge(MergeRule.TEXT), text),
                cases(Column.text("t").merge(MergeRule.MAX), text),
                cases(TAGS, sets));
    }

    private static Arbitrary<Case> cases(Column<?> column, Arbitrary<Object> values) {
        Arbitrary<Object> cells = values.injectNull(0.1);
        return Combinators.combine(cells, cells, cells)
                .as((base, mine, theirs) -> new Case(column, base, mine, theirs))
                .filter(it -> !Objects.equals(it.base, it.mine) && !Objects.equals(it.base, it.theirs));
    }

    private static SortedSet<String> set(Collection<String> elements) {
        SortedSet<String> set = new TreeSet<>(ColumnType.TEXT::compare);
        set.addAll(elements);
        return set;
    }

    record Case(Column<?> column, Object base, Object mine, Object theirs) {
        @Override
        public String toString() {
            return column + " " + column.mergeRule() + " base=" + base + " mine=" + mine + " theirs=" + theirs;
        }
    }
}
