package dev.rowkeep.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.edit.CellOperation;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class OperationsPropertiesTest {
    private static final Column<Long> STOCK = Column.integer("stock");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 18, 3);
    private static final Column<SortedSet<String>> TAGS = Column.textSet("tags");

    @Property
    void wholeAddsCommute(@ForAll int current, @ForAll int a, @ForAll long b) {
        Optional<Object> one = add(STOCK, (long) current, a).flatMap(it -> add(STOCK, it, b));
        Optional<Object> other = add(STOCK, (long) current, b).flatMap(it -> add(STOCK, it, a));

        if (one.isPresent() && other.isPresent()) {
            assertThat(one).isEqualTo(other).contains((long) current + a + b);
        }
    }

    @Property
    void decimalAddsCommute(
            @ForAll("prices") BigDecimal current, @ForAll("prices") BigDecimal a, @ForAll("prices") BigDecimal b) {
        Optional<Object> one = add(PRICE, current, a).flatMap(it -> add(PRICE, it, b));
        Optional<Object> other = add(PRICE, current, b).flatMap(it -> add(PRICE, it, a));

        assertThat(one).isEqualTo(other).contains(current.add(a).add(b));
    }

    @Property
    void unionsCommuteAndCountOnce(
            @ForAll("sets") Set<String> current, @ForAll("sets") Set<String> a, @ForAll("sets") Set<String> b) {
        Object start = new TreeSet<>(current);
        Set<String> expected = new HashSet<>(current);
        expected.addAll(a);
        expected.addAll(b);

        assertThat(union(union(start, a), b))
                .isEqualTo(union(union(start, b), a))
                .isEqualTo(union(union(union(start, a), b), a))
                .isEqualTo(expected);
    }

    @Property
    void removeTakesOutWhatUnionPutIn(@ForAll("sets") Set<String> current, @ForAll("sets") Set<String> elements) {
        Set<String> expected = new HashSet<>(current);
        expected.removeAll(elements);

        assertThat(remove(union(new TreeSet<>(current), elements), elements)).isEqualTo(expected);
    }

    @Property
    void resultIsInCanonicalOrder(@ForAll Set<String> current, @ForAll Set<String> elements) {
        @SuppressWarnings("unchecked")
        Set<String> result = (Set<String>) union(union(null, current), elements);

        if (result != null) {
            assertThat(List.copyOf(result)).isSortedAccordingTo(ColumnType.TEXT::compare);
        }
    }

    private static Optional<Object> add(Column<?> column, Object current, Number amount) {
        return Operations.apply(column, current, new CellOperation.Add(amount)) instanceof CellVerdict.Accepted accepted
                ? Optional.ofNullable(accepted.value())
                : Optional.empty();
    }

    private static Object union(Object current, Set<String> elements) {
        return ((CellVerdict.Accepted) Operations.apply(TAGS, current, new CellOperation.Union(elements))).value();
    }

    private static Object remove(Object current, Set<String> elements) {
        return ((CellVerdict.Accepted) Operations.apply(TAGS, current, new CellOperation.Remove(elements))).value();
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.longs().between(-1_000_000_000L, 1_000_000_000L).map(it -> BigDecimal.valueOf(it, 3));
    }

    @Provide
    Arbitrary<Set<String>> sets() {
        return Arbitraries.of("a", "b", "c", "d", "e").set().ofMaxSize(5);
    }
}
