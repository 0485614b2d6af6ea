package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reading records by key. */
abstract class ReadContract extends ContractTests {
    ReadContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void aKeyThatWasNeverUsedHasNoImage() {
        assertThat(storage().read(ITEMS, "a")).isNull();
        commit(draft -> draft.put(ITEMS, "a", "n", null, null));
        assertThat(storage().read(ITEMS, "A")).isNull();
        assertThat(storage().read(ITEMS, "a ")).isNull();
        assertThat(storage().read(COUNTERS, 0L)).isNull();
    }

    @Test
    void readAllGivesTheUsedKeysTombstonesIncluded() {
        commit(draft -> draft.put(ITEMS, "a", "n", "A", 1L)
                .put(ITEMS, "b", "n", "B", 1L)
                .put(ITEMS, "c", "n", "C", 1L));
        commit(draft -> draft.delete(ITEMS, "b"));
        List<Image> images = storage().readAll(ITEMS, List.of("never", "b", "a"));
        assertThat(images.stream().map(Transcript::of))
                .containsExactlyInAnyOrder(Transcript.of(image(ITEMS, "a")), Transcript.of(image(ITEMS, "b")));
    }

    @Test
    void readAllOfNothingGivesNothing() {
        commit(draft -> draft.put(ITEMS, "a", "n", "A", 1L));
        assertThat(storage().readAll(ITEMS, List.of())).isEmpty();
        assertThat(storage().readAll(ITEMS, List.of("x", "y"))).isEmpty();
    }

    @Test
    void readAllTakesAsManyKeysAsDeclared() {
        int most = Math.min(storage().capabilities().maxKeysPerRead(), 20_000);
        commit(draft -> {
            for (long i = 0; i < most; i += 3) {
                draft.put(COUNTERS, i, -i);
            }
        });
        List<Object> keys = new ArrayList<>();
        for (long i = 0; i < most; i++) {
            keys.add(i);
        }
        List<Image> images = storage().readAll(COUNTERS, keys);
        assertThat(images).hasSize((most + 2) / 3);
        assertThat(images).allSatisfy(image -> assertThat(image.cells()[0]).isEqualTo(-(Long) image.key()));
    }

    @Test
    void missingCellsAreNotEmptyOnes() {
        commit(draft -> draft.put(ITEMS, "a", "", "", 0L).put(ITEMS, "b", null, null, null));
        assertLive(ITEMS, "a", 1, "", "", 0L);
        assertLive(ITEMS, "b", 1, null, null, null);
    }

    /** Keys of each kind that can be one, picked from the same values as cells. */
    @TestFactory
    Stream<DynamicTest> keysAreReadBackAndKeptApart() {
        return Stream.of(Ladder.texts(), Ladder.integers(), Ladder.uuids())
                .map(ladder -> dynamicTest(ladder.name(), () -> {
                    Column<?> key = Column.of("id", ladder.type());
                    StoreLayout layout =
                            Stores.layout(storeId(ladder), "keyed_by_" + ladder.name(), key, List.of(Stores.VALUE));
                    storage().install(layout);
                    List<Object> keys = ladder.values();
                    commit(draft -> keys.forEach(k -> draft.put(layout, k, (long) keys.indexOf(k))));
                    commit(draft -> draft.delete(layout, keys.get(1)));
                    for (int i = 0; i < keys.size(); i++) {
                        Image image = image(layout, keys.get(i));
                        assertThat(image.key()).isEqualTo(keys.get(i));
                        assertThat(image.isLive()).isEqualTo(i != 1);
                        assertThat(image.cells()).isEqualTo(i == 1 ? new Object[0] : new Object[] {(long) i});
                        assertThat(storage().versions(layout, keys.get(i), 9, 1))
                                .hasSize(i == 1 ? 2 : 1);
                    }
                    assertThat(storage().readAll(layout, List.copyOf(keys))).hasSize(keys.size());
                    List<Object> live = new ArrayList<>(keys);
                    live.remove(1);
                    assertThat(Transcript.drain(storage().scan(layout, Transcript.everything(layout))).stream()
                                    .map(Image::key))
                            .isEqualTo(live);
                }));
    }

    private static int storeId(Ladder ladder) {
        return 20
                + List.of(Kind.TEXT, Kind.INTEGER, Kind.UUID)
                        .indexOf(ladder.type().kind());
    }

    @Test
    void manyColumnsAreReadBack() {
        List<Column<?>> columns = new ArrayList<>();
        Object[] cells = new Object[200];
        for (int i = 0; i < cells.length; i++) {
            columns.add(i % 2 == 0 ? Column.text("c" + i) : Column.integer("c" + i));
            cells[i] = i % 7 == 0 ? null : i % 2 == 0 ? "text " + i : (Object) (long) i;
        }
        StoreLayout wide = Stores.layout(20, "wide", Stores.ID, columns);
        storage().install(wide);
        assertHolds(commit(draft -> draft.put(wide, "a", cells)));
        cells[199] = null;
        cells[0] = "first";
        assertHolds(commit(draft -> draft.put(wide, "a", cells)));
    }

    @Test
    void longTextIsReadBack() {
        String text = "0123456789 \ud83d\ude00 %_'\"\\ ".repeat(50_000);
        assertHolds(commit(draft -> draft.put(ITEMS, "a", text, null, null)));
        assertLive(ITEMS, "a", 1, text, null, null);
    }
}
