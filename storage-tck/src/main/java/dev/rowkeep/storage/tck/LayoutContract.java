package dev.rowkeep.storage.tck;

import static dev.rowkeep.spi.StorageException.Kind.UNIQUE_TAKEN;
import static dev.rowkeep.storage.tck.Stores.CODE;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ID;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.NAME;
import static dev.rowkeep.storage.tck.Stores.shared;
import static dev.rowkeep.storage.tck.Stores.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.StoreLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Installing layouts and letting them grow. */
abstract class LayoutContract extends ContractTests {
    private static final Column<String> COLOUR = Column.text("colour");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 10, 2);

    LayoutContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    private void fill() {
        commit(draft -> draft.put(ITEMS, "a", "anvil", "A", 1L)
                .put(ITEMS, "b", "bolt", "B", 2L)
                .put(ITEMS, "c", "anvil", null, 3L)
                .put(ITEMS, "d", "anvil", "D", 4L));
        commit(draft -> draft.put(ITEMS, "b", "bolt", "B", 5L).delete(ITEMS, "d"));
    }

    @Test
    void layoutsAreGivenBackTheSame() {
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS);
        List<Column<?>> columns = new ArrayList<>();
        Ladder.all().forEach(ladder -> columns.add(Column.of("c" + columns.size(), ladder.type())));
        columns.add(Column.textSet("tags"));
        columns.add(Column.json("extra"));
        StoreLayout kinds = Stores.layout(
                7, "kinds", Column.uuid("id"), columns, unique("c0"), shared("c1", "c5", "c2"), shared("c7"));
        storage().install(kinds);
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS, kinds);
        bench().reopen();
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS, kinds);
    }

    @Test
    void wordsOfSqlMayBeNames() {
        List<Column<?>> columns = new ArrayList<>();
        for (String name : List.of(
                "select",
                "from",
                "where",
                "group",
                "Index",
                "value",
                "version",
                "position",
                "key",
                "before",
                "null",
                "author",
                "sequence",
                "a_b",
                "x1",
                "cells",
                "store",
                "commit",
                "n".repeat(63))) {
            columns.add(columns.size() % 2 == 0 ? Column.text(name) : Column.integer(name));
        }
        StoreLayout layout = Stores.layout(
                7,
                "order",
                Column.text("primary"),
                columns,
                unique("select"),
                shared("from", "where"),
                shared("group"));
        storage().install(layout);
        Object[] cells = new Object[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = i % 2 == 0 ? "t" + i : (Object) (long) i;
        }
        assertHolds(commit(draft -> draft.put(layout, "a", cells)));
        cells[0] = null;
        assertHolds(commit(draft -> draft.put(layout, "a", cells)));
        for (int i = 1; i < cells.length; i++) {
            Column<?> column = columns.get(i);
            assertThat(keys(layout, Condition.isMissing(column).not(), Order.descending(column)))
                    .containsExactly("a");
        }
    }

    @Test
    void storesAreKeptApart() {
        StoreLayout twin = new StoreLayout(9, "twins", ITEMS.key(), ITEMS.columns(), ITEMS.indexes());
        storage().install(twin);
        commit(draft -> draft.put(ITEMS, "a", "one", "A", 1L).put(twin, "a", "two", "A", 2L));
        commit(draft -> draft.put(twin, "a", "three", "A", 3L).put(twin, "b", "b", null, null));
        assertLive(ITEMS, "a", 1, "one", "A", 1L);
        assertLive(twin, "a", 2, "three", "A", 3L);
        assertThat(storage().read(ITEMS, "b")).isNull();
        assertThat(storage().count(ITEMS, Condition.everything())).isEqualTo(1);
        assertThat(storage().versions(ITEMS, "a", 9, 1)).hasSize(1);
        assertThat(storage().versions(twin, "a", 9, 1)).hasSize(2);
    }

    @Test
    void installingTheSameLayoutChangesNothing() {
        fill();
        assertUnchanged(() -> storage().install(ITEMS));
    }

    @Test
    void installingWritesNoCommit() {
        fill();
        String head = Transcript.of(storage().head());
        storage().install(Stores.withColumn(ITEMS, COLOUR));
        assertThat(Transcript.of(storage().head())).isEqualTo(head);
    }

    @Test
    void anAddedColumnIsMissingInOldRecords() {
        fill();
        StoreLayout grown = Stores.withColumn(Stores.withColumn(ITEMS, COLOUR), PRICE);
        storage().install(grown);
        assertThat(storage().layouts()).containsExactlyInAnyOrder(grown, COUNTERS);
        assertLive(grown, "a", 1, "anvil", "A", 1L, null, null);
        assertLive(grown, "b", 2, "bolt", "B", 5L, null, null);
        assertThat(image(grown, "d").isLive()).isFalse();
        assertThat(image(grown, "d").version()).isEqualTo(2);
        assertThat(keys(grown, Condition.isMissing(COLOUR))).containsExactly("a", "b", "c");
    }

    @Test
    void anAddedColumnIsWrittenAndRead() {
        fill();
        StoreLayout grown = Stores.withColumn(Stores.withColumn(ITEMS, COLOUR), PRICE);
        storage().install(grown);
        assertHolds(commit(draft -> draft.put(grown, "a", "anvil", "A", 1L, "red", new BigDecimal("1.50"))
                .put(grown, "d", "drill", "D", 1L, "blue", null)
                .put(grown, "e", "e", "E", 1L, null, null)));
        assertThat(keys(grown, Condition.eq(COLOUR, "red"))).containsExactly("a");
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void aColumnAddedAmongTheOthersLeavesTheirCells() {
        fill();
        StoreLayout grown = Stores.withColumnAt(ITEMS, 1, COLOUR);
        storage().install(grown);
        assertLive(grown, "a", 1, "anvil", null, "A", 1L);
        assertHolds(commit(draft -> draft.put(grown, "b", "bolt", "red", "B", 6L)));
        assertThat(keys(grown, Condition.eq(CODE, "B").and(Condition.eq(COLOUR, "red"))))
                .containsExactly("b");
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(grown, "z", "z", "red", "B", 6L));
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void historyFromBeforeAColumnIsKept() {
        fill();
        List<String> before = storage().versions(ITEMS, "b", 9, 1).stream()
                .map(Transcript::of)
                .toList();
        StoreLayout grown = Stores.withColumn(ITEMS, COLOUR);
        storage().install(grown);
        assertThat(storage().versions(grown, "b", 9, 1).stream().map(Transcript::of))
                .isEqualTo(before);
        assertThat(storage().versionAt(grown, "b", 1)).isEqualTo(1);
    }

    @Test
    void anAddedIndexChangesNoAnswer() {
        fill();
        List<String> before = keys(ITEMS, Condition.eq(NAME, "anvil"), Order.descending(NAME));
        StoreLayout indexed = Stores.withIndex(ITEMS, shared("name", "amount"));
        storage().install(indexed);
        assertThat(keys(indexed, Condition.eq(NAME, "anvil"), Order.descending(NAME)))
                .isEqualTo(before);
        assertThat(storage().layouts()).contains(indexed);
        assertHolds(commit(draft -> draft.put(indexed, "a", "axe", "A", 1L)));
        assertThat(storage().check()).isEmpty();
    }

    @Test
    void anAddedUniqueIndexIsHeld() {
        fill();
        commit(draft -> draft.delete(ITEMS, "c"));
        StoreLayout strict = Stores.withIndex(ITEMS, unique("name"));
        storage().install(strict);
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(strict, "e", "anvil", null, null));
        assertHolds(commit(draft -> draft.put(strict, "a", "bolt", "A", 1L).put(strict, "b", "anvil", "B", 1L)));
        commit(draft -> assertThat(draft.view().owner(strict, 0, "anvil")).isEqualTo("b"));
        bench().reopen();
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(strict, "e", "anvil", null, null));
    }

    @Test
    void aUniqueIndexOverSharedValuesIsRefusedAndNothingChanges() {
        fill();
        StoreLayout strict = Stores.withIndex(ITEMS, unique("name"));
        assertUnchanged(() -> assertFailsAs(UNIQUE_TAKEN, () -> storage().install(strict)));
        assertThat(storage().layouts()).containsExactlyInAnyOrder(ITEMS, COUNTERS);
        assertHolds(commit(draft -> draft.put(ITEMS, "e", "anvil", "E", 1L)));
        assertUnchanged(() -> bench().reopen());
    }

    @Test
    void aRefusedIndexTakesItsColumnsBack() {
        fill();
        StoreLayout strict =
                Stores.withIndex(Stores.withIndex(Stores.withColumn(ITEMS, COLOUR), unique("colour")), unique("name"));
        assertUnchanged(() -> assertFailsAs(UNIQUE_TAKEN, () -> storage().install(strict)));
        StoreLayout grown = Stores.withColumn(ITEMS, COLOUR);
        storage().install(grown);
        assertHolds(commit(draft -> draft.put(grown, "a", "bolt", "A", 1L, "red")));
    }

    @Test
    void missingValuesAndTombstonesDoNotHinderAUniqueIndex() {
        StoreLayout plain = Stores.layout(7, "plain", ID, List.of(NAME));
        storage().install(plain);
        commit(draft -> draft.put(plain, "a", "x").put(plain, "b", "x").put(plain, "c", (Object) null));
        commit(draft -> draft.put(plain, "d", (Object) null).delete(plain, "b"));
        StoreLayout strict = Stores.withIndex(plain, unique("name"));
        storage().install(strict);
        assertRefused(UNIQUE_TAKEN, draft -> draft.put(strict, "b", "x"));
    }

    @Test
    void layoutsGrowManyTimes() {
        fill();
        StoreLayout grown = ITEMS;
        for (int i = 0; i < 20; i++) {
            grown = Stores.withColumn(grown, Column.integer("extra" + i));
            if (i % 3 == 0) {
                grown = Stores.withIndex(grown, shared("extra" + i));
            }
            storage().install(grown);
        }
        Object[] cells = new Object[23];
        cells[22] = 7L;
        StoreLayout last = grown;
        assertHolds(commit(draft -> draft.put(last, "a", cells)));
        assertThat(storage().read(last, "b")).isNotNull();
        assertUnchanged(() -> bench().reopen());
    }
}
