package dev.rowkeep.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.edit.CellOperation;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class OperationsTest {
    private static final Column<Long> STOCK = Column.integer("stock");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 6, 2);
    private static final Column<Double> WEIGHT = Column.real("weight");
    private static final Column<String> NAME = Column.text("name");
    private static final Column<SortedSet<String>> TAGS = Column.textSet("tags");

    @Test
    void addCountsMissingAsZero() {
        assertThat(add(STOCK, null, 5)).isEqualTo(accepted(STOCK, 5L));
        assertThat(add(PRICE, null, 5)).isEqualTo(accepted(PRICE, new BigDecimal("5.00")));
        assertThat(add(WEIGHT, null, 5)).isEqualTo(accepted(WEIGHT, 5.0));
    }

    @Test
    void amountOfAnyKnownClassIsTakenIfNothingIsLost() {
        List<Number> fives = List.of(
                (byte) 5,
                (short) 5,
                5,
                5L,
                5.0f,
                5.0,
                BigInteger.valueOf(5),
                new BigDecimal("5.000"),
                new BigDecimal("0.5E1"),
                new AtomicLong(5));
        for (Number five : fives) {
            assertThat(add(STOCK, 1L, five)).as("%s", five.getClass()).isEqualTo(accepted(STOCK, 6L));
            assertThat(add(PRICE, new BigDecimal("1.00"), five)).isEqualTo(accepted(PRICE, new BigDecimal("6.00")));
            assertThat(add(WEIGHT, 1.0, five)).isEqualTo(accepted(WEIGHT, 6.0));
        }
    }

    @Test
    void tenthIsATenthInWhateverClass() {
        assertThat(add(PRICE, null, 0.1)).isEqualTo(accepted(PRICE, new BigDecimal("0.10")));
        assertThat(add(PRICE, null, 0.1f)).isEqualTo(accepted(PRICE, new BigDecimal("0.10")));
        assertThat(add(WEIGHT, null, new BigDecimal("0.1"))).isEqualTo(accepted(WEIGHT, 0.1));
        assertThat(add(WEIGHT, null, 1L << 60)).isEqualTo(accepted(WEIGHT, 0x1p60));
    }

    @Test
    void amountThatWouldLoseSomethingIsRejected() {
        assertRejected(add(STOCK, 1L, 0.5), "digits after the point");
        assertRejected(add(PRICE, null, new BigDecimal("0.001")), "2 digits after the point");
        assertRejected(add(WEIGHT, 1.0, (1L << 60) + 1), "floating point");
        assertRejected(add(WEIGHT, 1.0, new BigDecimal("0.10000000000000000001")), "floating point");
    }

    @Test
    void amountThatIsNoNumberIsRejected() {
        for (Column<?> column : List.of(STOCK, PRICE, WEIGHT)) {
            assertRejected(add(column, null, Double.NaN), "finite");
            assertRejected(add(column, null, Float.POSITIVE_INFINITY), "finite");
            assertRejected(add(column, null, new LongAdder()), "");
        }
    }

    @Test
    void amountOfAbsurdMagnitudeCostsNothing() {
        for (Column<?> column : List.of(STOCK, PRICE, WEIGHT)) {
            assertRejected(add(column, null, new BigDecimal("1E+2000000000")), "");
            assertRejected(add(column, null, new BigDecimal("1E-2000000000")), "");
        }
        assertThat(add(STOCK, 1L, new BigDecimal("0E-2000000000"))).isEqualTo(accepted(STOCK, 1L));
        assertThat(add(STOCK, 1L, new BigDecimal("0E+2000000000"))).isEqualTo(accepted(STOCK, 1L));
    }

    @Test
    void sumOutOfRangeIsRejected() {
        assertRejected(add(STOCK, Long.MAX_VALUE, 1), "range of integer");
        assertRejected(add(STOCK, Long.MIN_VALUE, -1), "range of integer");
        assertRejected(add(STOCK, null, BigInteger.ONE.shiftLeft(63)), "range of integer");
        assertRejected(add(PRICE, new BigDecimal("9999.99"), new BigDecimal("0.01")), "range of decimal(6,2)");
        assertRejected(add(WEIGHT, Double.MAX_VALUE, Double.MAX_VALUE), "range of double");
    }

    @Test
    void sumMayGoThroughWhatTheColumnCannotHold() {
        assertThat(add(STOCK, -1L, BigInteger.ONE.shiftLeft(63))).isEqualTo(accepted(STOCK, Long.MAX_VALUE));
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(add(WEIGHT, null, -0.0)).isEqualTo(accepted(WEIGHT, 0.0));
    }

    @Test
    void setOperationsGiveImmutableSetsOrderedByCodePoint() {
        CellVerdict verdict = Operations.apply(TAGS, set("b"), new CellOperation.Union(Set.of("😀", "\uFFFD", "a")));

        assertThat(verdict).isInstanceOfSatisfying(CellVerdict.Accepted.class, it -> {
            @SuppressWarnings("unchecked")
            SortedSet<String> result = (SortedSet<String>) it.value();
            assertThat(result).containsExactly("a", "b", "\uFFFD", "😀").isUnmodifiable();
        });
        assertThat(Operations.apply(TAGS, set("a", "b"), new CellOperation.Remove(Set.of("a", "x"))))
                .isEqualTo(accepted(TAGS, set("b")));
        assertThat(Operations.apply(TAGS, set("a"), new CellOperation.Remove(Set.of("a"))))
                .isEqualTo(accepted(TAGS, set()));
    }

    @Test
    void operationThatChangesNothingLeavesTheVerySameValue() {
        SortedSet<String> there = set("a");

        assertSame(Operations.apply(TAGS, there, new CellOperation.Union(Set.of("a"))), there);
        assertSame(Operations.apply(TAGS, there, new CellOperation.Remove(Set.of("b"))), there);
        assertSame(Operations.apply(TAGS, null, new CellOperation.Remove(Set.of("b"))), null);
        assertSame(Operations.apply(TAGS, null, new CellOperation.Union(Set.of())), null);
        assertSame(Operations.apply(NAME, null, new CellOperation.Append("")), null);
    }

    @Test
    void appendGoesAfterWhatIsThere() {
        assertThat(Operations.apply(NAME, "a", new CellOperation.Append("b"))).isEqualTo(accepted(NAME, "ab"));
        assertThat(Operations.apply(NAME, null, new CellOperation.Append("b"))).isEqualTo(accepted(NAME, "b"));
    }

    @Test
    void operationOnAColumnOfAnotherKindIsRejected() {
        assertRejected(add(NAME, "a", 1), "takes no add");
        assertRejected(Operations.apply(STOCK, 1L, new CellOperation.Append("a")), "takes no append");
        assertRejected(Operations.apply(NAME, "a", new CellOperation.Union(Set.of("a"))), "takes no union");
        assertRejected(Operations.apply(NAME, "a", new CellOperation.Remove(Set.of("a"))), "takes no remove");
    }

    @Test
    void putIsNotAnOperationOnWhatIsThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.apply(NAME, "a", new CellOperation.Put("b")))
                .withMessageContaining("name");
    }

    private static CellVerdict add(Column<?> column, Object current, Number amount) {
        return Operations.apply(column, current, new CellOperation.Add(amount));
    }

    private static CellVerdict accepted(Column<?> column, Object value) {
        return new CellVerdict.Accepted(column.name(), value);
    }

    private static void assertRejected(CellVerdict verdict, String message) {
        assertThat(verdict).isInstanceOfSatisfying(CellVerdict.Rejected.class, it -> {
            assertThat(it.rule()).isEqualTo("operation");
            assertThat(it.message()).contains(message);
        });
    }

    private static void assertSame(CellVerdict verdict, Object value) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        CellVerdict.Accepted.class, it -> assertThat(it.value()).isSameAs(value));
    }

    private static SortedSet<String> set(String... elements) {
        SortedSet<String> set = new TreeSet<>(ColumnType.TEXT::compare);
        set.addAll(List.of(elements));
        return set;
    }
}
