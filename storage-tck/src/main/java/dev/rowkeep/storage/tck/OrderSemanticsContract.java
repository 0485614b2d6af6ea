package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.And;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.In;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The part of the semantics table that is about order: {@code docs/semantics.md} has a line for each of these tests.
 *
 * <p>Each kind's {@link Ladder} is stored and read back to the bit, ordered both ways, and compared rung by rung with every
 * operator, once without an index and once with one.
 */
abstract class OrderSemanticsContract extends ContractTests {
    OrderSemanticsContract(StorageFixture fixture) {
        super(fixture, Stores.COUNTERS);
    }

    @Test
    void textIsOrderedByCodePoint() {
        assertLadder(Ladder.texts());
    }

    @Test
    void integersSpan64Bits() {
        assertLadder(Ladder.integers());
    }

    @Test
    void decimalsAreExactTo18Digits() {
        assertLadder(Ladder.decimals(18, 6));
        assertLadder(Ladder.decimals(18, 18));
        assertLadder(Ladder.decimals(18, 0));
    }

    @Test
    void doublesKeepEveryBit() {
        assertLadder(Ladder.doubles());
    }

    @Test
    void falseComesBeforeTrue() {
        assertLadder(Ladder.booleans());
    }

    @Test
    void datesSpanTheYears0To9999() {
        assertLadder(Ladder.dates());
    }

    @Test
    void momentsKeepMicroseconds() {
        assertLadder(Ladder.moments());
    }

    @Test
    void uuidsAreOrderedAsText() {
        assertLadder(Ladder.uuids());
    }

    @Test
    void enumsAreOrderedByName() {
        assertLadder(Ladder.enums());
    }

    @Test
    void bytesAreOrderedUnsigned() {
        assertLadder(Ladder.bytes());
    }

    /** The kit's own order, by which it judges, is the one that core promises. */
    @Test
    void theOrderIsThatOfTheColumnType() {
        for (Ladder ladder : Ladder.all()) {
            List<Object> values = ladder.values();
            for (int i = 0; i < values.size(); i++) {
                for (int j = 0; j < values.size(); j++) {
                    int byType = ladder.type().compare(values.get(i), values.get(j));
                    int byKit = Oracle.compare(ladder.type().kind(), values.get(i), values.get(j));
                    assertThat(Integer.signum(byType)).isEqualTo(Integer.compare(i, j));
                    assertThat(Integer.signum(byKit)).isEqualTo(Integer.compare(i, j));
                }
            }
        }
    }

    private void assertLadder(Ladder ladder) {
        int id = 100 + storage().layouts().size();
        assertLadder(ladder, ladder.layout(id));
        assertLadder(ladder, ladder.layout(id + 1, new LayoutIndex(List.of("cell"), StoreLayout.Uniqueness.SHARED)));
    }

    private void assertLadder(Ladder ladder, StoreLayout layout) {
        storage().install(layout);
        List<String> keys = fill(ladder, layout);
        assertReadBack(ladder, layout);
        assertOrdered(ladder, layout, keys);
        for (int i = 0; i < keys.size(); i++) {
            assertCompared(ladder, layout, keys, i);
        }
    }

    /** Stores the values, named by their rung, and one missing value, all in a shuffled order; gives the keys by rung. */
    private List<String> fill(Ladder ladder, StoreLayout layout) {
        List<String> keys = new ArrayList<>();
        for (int rung = 0; rung < ladder.values().size(); rung++) {
            keys.add("k" + (100 + rung * 37 % 101));
        }
        List<String> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(7));
        assertHolds(commit(draft -> {
            draft.put(layout, "none", (Object) null);
            shuffled.forEach(key -> draft.put(layout, key, ladder.values().get(keys.indexOf(key))));
        }));
        return keys;
    }

    private void assertReadBack(Ladder ladder, StoreLayout layout) {
        List<String> stored = Transcript.drain(
                        storage().scan(layout, query(layout, Condition.everything(), Order.ascending(ladder.column()))))
                .stream()
                .skip(1)
                .map(image -> Transcript.value(image.cells()[0]))
                .toList();
        assertThat(stored)
                .isEqualTo(ladder.values().stream().map(Transcript::value).toList());
    }

    private void assertOrdered(Ladder ladder, StoreLayout layout, List<String> keys) {
        List<String> ascending = new ArrayList<>(keys);
        ascending.add(0, "none");
        assertThat(keys(layout, Condition.everything(), Order.ascending(ladder.column())))
                .isEqualTo(ascending);
        Collections.reverse(ascending);
        assertThat(keys(layout, Condition.everything(), Order.descending(ladder.column())))
                .isEqualTo(ascending);
    }

    private void assertCompared(Ladder ladder, StoreLayout layout, List<String> keys, int rung) {
        Column<?> column = ladder.column();
        Object value = ladder.values().get(rung);
        int end = keys.size();
        Order order = Order.ascending(column);
        assertThat(keys(layout, compare(column, Operator.EQUAL, value), order)).containsExactly(keys.get(rung));
        assertThat(keys(layout, compare(column, Operator.LESS, value), order)).isEqualTo(keys.subList(0, rung));
        assertThat(keys(layout, compare(column, Operator.LESS_OR_EQUAL, value), order))
                .isEqualTo(keys.subList(0, rung + 1));
        assertThat(keys(layout, compare(column, Operator.GREATER, value), order))
                .isEqualTo(keys.subList(rung + 1, end));
        assertThat(keys(layout, compare(column, Operator.GREATER_OR_EQUAL, value), order))
                .isEqualTo(keys.subList(rung, end));
        assertThat(keys(layout, new In(column, List.of(value, ladder.values().get(0))), order))
                .isEqualTo(rung == 0 ? keys.subList(0, 1) : List.of(keys.get(0), keys.get(rung)));
        Condition upToLast = new And(List.of(
                compare(column, Operator.GREATER_OR_EQUAL, value),
                compare(column, Operator.LESS_OR_EQUAL, ladder.values().get(end - 1))));
        assertThat(storage().count(layout, upToLast)).isEqualTo(end - rung);
    }

    private static Condition compare(Column<?> column, Operator operator, Object value) {
        return new Comparison(column, operator, value);
    }
}
