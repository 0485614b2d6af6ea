package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StorageException.Kind.UNIQUE_TAKEN;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Unique values: one live record holds each, and they move freely between the records of one plan. */
abstract class UniqueContract extends ContractTests {
    UniqueContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @BeforeEach
    final void fill() {
        commit(draft -> code(draft, "a", "A"));
        commit(draft -> code(draft, "b", "B"));
        commit(draft -> code(draft, "c", "C"));
    }

    private static PlanDraft code(PlanDraft draft, String key, @Nullable String code) {
        return draft.put(ITEMS, key, "n", code, 1L);
    }

    @Test
    void insertOfATakenValueLeavesNothing() {
        assertRefused(UNIQUE_TAKEN, draft -> code(draft, "d", "A"));
        assertOwners("a", "b", "c");
    }

    @Test
    void updateToATakenValueLeavesNothing() {
        assertRefused(UNIQUE_TAKEN, draft -> code(draft, "b", "A"));
        assertOwners("a", "b", "c");
    }

    @Test
    void reinsertOfATakenValueLeavesNothing() {
        commit(draft -> draft.delete(ITEMS, "c"));
        commit(draft -> code(draft, "d", "C"));
        assertRefused(UNIQUE_TAKEN, draft -> code(draft, "c", "C"));
        assertOwners("a", "b", "d");
    }

    @Test
    void aTakenValueAmidAPlanLeavesNothing() {
        assertRefused(UNIQUE_TAKEN, draft -> {
            code(draft, "d", "D");
            code(draft, "a", "A2");
            code(draft, "e", "B");
            code(draft, "b", "B2").next();
            code(draft, "f", "C").put(COUNTERS, 1L, 1L).delete(ITEMS, "a");
        });
        assertOwners("a", "b", "c");
    }

    @Test
    void oneValueTwiceInAPlanLeavesNothing() {
        assertRefused(UNIQUE_TAKEN, draft -> code(code(draft, "d", "D"), "e", "D"));
        assertRefused(UNIQUE_TAKEN, draft -> code(code(draft, "a", "D"), "b", "D"));
        assertRefused(UNIQUE_TAKEN, draft -> code(code(draft, "a", "D"), "e", "D"));
        assertOwners("a", "b", "c");
    }

    @Test
    void twoRecordsSwapTheirValues() {
        assertHolds(commit(draft -> code(code(draft, "a", "B"), "b", "A")));
        assertOwners("b", "a", "c");
    }

    @Test
    void valuesRotateAmongRecords() {
        assertHolds(commit(draft -> code(code(code(draft, "a", "B"), "b", "C"), "c", "A")));
        assertOwners("c", "a", "b");
    }

    @Test
    void valuesMoveDownAChain() {
        assertHolds(commit(draft -> code(code(code(draft, "a", "B"), "b", "C"), "c", "D")));
        assertThat(ownerOf("A")).isNull();
        assertOwners(null, "a", "b");
        assertThat(ownerOf("D")).isEqualTo("c");
    }

    @Test
    void aDeletedRecordsValueIsTakenInTheSamePlan() {
        assertHolds(commit(draft -> code(draft, "d", "A").delete(ITEMS, "a")));
        assertOwners("d", "b", "c");
        assertHolds(commit(draft -> code(draft.delete(ITEMS, "b"), "c", "B")));
        assertOwners("d", "c", null);
    }

    @Test
    void aReleasedValueIsTakenInTheSamePlan() {
        assertHolds(commit(draft -> code(code(draft, "d", "A"), "a", null)));
        assertOwners("d", "b", "c");
    }

    @Test
    void aReinsertedRecordTakesAValueInTheSamePlan() {
        commit(draft -> draft.delete(ITEMS, "c"));
        assertHolds(commit(draft -> code(code(draft, "c", "A"), "a", "C")));
        assertOwners("c", "b", "a");
    }

    @Test
    void aValueThatOnlyPassedThroughAPlanIsFree() {
        assertHolds(
                commit(draft -> code(code(draft, "d", "D"), "d", "D2").next().put(ITEMS, "e", "n", "D", 1L)));
        assertThat(ownerOf("D")).isEqualTo("e");
        assertHolds(commit(draft -> code(draft, "f", "F").delete(ITEMS, "f").put(ITEMS, "g", "n", "F", 1L)));
        assertThat(ownerOf("F")).isEqualTo("g");
    }

    @Test
    void aHundredValuesAreShuffledInOnePlan() {
        commit(draft -> shuffle(draft, 1));
        for (int step : new int[] {7, 13, 99}) {
            assertHolds(commit(draft -> shuffle(draft, step)));
        }
    }

    private static void shuffle(PlanDraft draft, int step) {
        for (int i = 0; i < 100; i++) {
            code(draft, "k" + i, "v" + (i * step + step) % 100);
        }
    }

    @Test
    void anUnchangedValueStaysItsOwners() {
        assertHolds(commit(draft -> code(draft, "a", "A")));
        assertHolds(commit(draft -> draft.delete(ITEMS, "a").put(ITEMS, "a", "n", "A", 2L)));
        assertRefused(UNIQUE_TAKEN, draft -> code(draft, "d", "A"));
    }

    @Test
    void missingValuesDoNotCount() {
        assertHolds(commit(draft -> code(code(draft, "d", null), "e", null)));
        assertHolds(commit(draft -> code(code(draft, "a", null), "b", null)));
        assertOwners(null, null, "c");
    }

    @Test
    void tombstonesHoldNoValue() {
        commit(draft -> draft.delete(ITEMS, "a"));
        assertHolds(commit(draft -> code(draft, "d", "A")));
        assertOwners("d", "b", "c");
    }

    @Test
    void valuesAreComparedToTheLetter() {
        assertHolds(commit(draft -> {
            String[] distinct = {"a", "A ", " A", "\u00c4", "A\u0308", "\uff21", "", "\ud83d\ude00", "A%", "A_"};
            for (int i = 0; i < distinct.length; i++) {
                code(draft, "k" + i, distinct[i]);
            }
        }));
        assertRefused(UNIQUE_TAKEN, draft -> code(draft, "z", ""));
        assertRefused(UNIQUE_TAKEN, draft -> code(draft, "z", "\ud83d\ude00"));
    }

    @Test
    void storesHaveValuesOfTheirOwn() {
        StoreLayout twin = new StoreLayout(3, "twins", ITEMS.key(), ITEMS.columns(), ITEMS.indexes());
        storage().install(twin);
        assertHolds(commit(draft -> draft.put(twin, "a", "n", "A", 1L).put(twin, "z", "n", "B", 1L)));
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(twin, "y", "n", "A", 1L));
        assertOwners("a", "b", "c");
    }

    @Test
    void twoUniqueColumnsAreIndependent() {
        Column<String> left = Column.text("left_code");
        Column<String> right = Column.text("right_code");
        StoreLayout pairs =
                Stores.layout(3, "pairs", Stores.ID, List.of(left, right), unique("left_code"), unique("right_code"));
        storage().install(pairs);
        commit(draft -> draft.put(pairs, "a", "1", "2").put(pairs, "b", "2", "1"));
        assertHolds(commit(draft -> draft.put(pairs, "a", "2", "1").put(pairs, "b", "1", "2")));
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(pairs, "c", "3", "1"));
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(pairs, "a", "1", "3"));
        assertHolds(commit(draft -> draft.put(pairs, "c", "3", "3")));
    }

    /** For each ordered kind: each value is taken once, found by its owner, and swapped. */
    @TestFactory
    Stream<DynamicTest> everyOrderedKindCanBeUnique() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Ladder ladder : Ladder.all()) {
            StoreLayout layout = ladder.layout(10 + tests.size(), unique("cell"));
            tests.add(dynamicTest(ladder.name(), () -> {
                storage().install(layout);
                List<Object> values = ladder.values();
                commit(draft -> values.forEach(value -> draft.put(layout, "k" + values.indexOf(value), value)));
                for (int i = 0; i < values.size(); i++) {
                    String owner = "k" + i;
                    Object value = values.get(i);
                    commit(draft ->
                            assertThat(draft.view().owner(layout, 0, value)).isEqualTo(owner));
                }
                assertUnchanged(() -> values.forEach(value ->
                        assertFailsAs(UNIQUE_TAKEN, () -> commit(draft -> draft.put(layout, "other", value)))));
                Object first = values.get(0);
                Object second = values.get(1);
                assertHolds(commit(draft -> draft.put(layout, "k0", second).put(layout, "k1", first)));
                assertThat(storage().count(layout, Condition.everything())).isEqualTo(values.size());
            }));
        }
        return tests.stream();
    }

    private void assertOwners(@Nullable String ofA, @Nullable String ofB, @Nullable String ofC) {
        assertThat(ownerOf("A")).as("owner of A").isEqualTo(ofA);
        assertThat(ownerOf("B")).as("owner of B").isEqualTo(ofB);
        assertThat(ownerOf("C")).as("owner of C").isEqualTo(ofC);
    }

    private @Nullable Object ownerOf(String code) {
        Object[] owner = new Object[1];
        commit(draft -> owner[0] = draft.view().owner(ITEMS, 1, code));
        return owner[0];
    }
}
