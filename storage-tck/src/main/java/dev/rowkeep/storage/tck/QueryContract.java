package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.AMOUNT;
import static dev.rowkeep.storage.tck.Stores.CODE;
import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ID;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static dev.rowkeep.storage.tck.Stores.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans, pages and counts; what conditions mean is in {@link SemanticsContract}. */
abstract class QueryContract extends ContractTests {
    private static final int RECORDS = 60;

    QueryContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    /** Records k00 to k59, every tenth deleted, names and amounts shared by many and sometimes missing. */
    @BeforeEach
    final void fill() {
        commit(draft -> {
            for (int i = RECORDS - 1; i >= 0; i--) {
                String name = i % 4 == 3 ? null : "name" + i % 4;
                Long amount = i % 6 == 5 ? null : (Long) (long) (i % 6);
                draft.put(ITEMS, key(i), name, "code" + (RECORDS - i), amount);
            }
        });
        commit(draft -> {
            for (int i = 0; i < RECORDS; i += 10) {
                draft.delete(ITEMS, key(i));
            }
        });
    }

    private static String key(int i) {
        return i < 10 ? "k0" + i : "k" + i;
    }

    @Test
    void aScanGivesWholeLiveRecordsInKeyOrder() {
        List<Image> found = Transcript.drain(storage().scan(ITEMS, Transcript.everything(ITEMS)));
        assertThat(found).hasSize(54);
        assertThat(keys(found)).isSorted().doesNotContain("k00", "k10", "k50");
        found.forEach(image -> assertThat(Transcript.of(image)).isEqualTo(Transcript.of(image(ITEMS, image.key()))));
    }

    @Test
    void aScanOfAnEmptyStoreGivesNothing() {
        assertThat(keys(COUNTERS, Condition.everything())).isEmpty();
        assertThat(storage().count(COUNTERS, Condition.everything())).isZero();
    }

    @Test
    void anOrderIsBrokenByKey() {
        List<String> ascending = keys(ITEMS, Condition.eq(NAME, "name1"), Order.ascending(NAME));
        assertThat(ascending).hasSize(15).isSorted().startsWith("k01", "k05", "k09");
        assertThat(keys(ITEMS, Condition.eq(NAME, "name1"), Order.descending(NAME)))
                .isEqualTo(ascending);
    }

    @Test
    void theKeysOrderMayDescend() {
        QuerySpec down = new QuerySpec(
                Condition.everything(), List.of(Order.descending(ID)), Optional.empty(), 3, Transcript.allCells(ITEMS));
        assertThat(keys(Transcript.drain(storage().scan(ITEMS, down)))).containsExactly("k59", "k58", "k57");
    }

    @Test
    void ordersOfSeveralColumnsAndDirectionsAreKept() {
        assertAgreesWithOracle(query(ITEMS, Condition.everything(), Order.descending(NAME), Order.ascending(AMOUNT)));
        assertAgreesWithOracle(
                query(ITEMS, Condition.isMissing(AMOUNT).not(), Order.ascending(AMOUNT), Order.descending(NAME)));
        assertAgreesWithOracle(query(ITEMS, Condition.startsWith(CODE, "code1"), Order.descending(CODE)));
    }

    @Test
    void aLimitCutsTheResults() {
        List<String> all = keys(ITEMS, Condition.everything());
        for (int limit : new int[] {1, 2, 53, 54, 55}) {
            QuerySpec cut = limited(Optional.empty(), limit);
            assertThat(keys(Transcript.drain(storage().scan(ITEMS, cut))))
                    .isEqualTo(all.subList(0, Math.min(54, limit)));
        }
    }

    @Test
    void aScanGoesOnAfterAPlaceThatIsNotThereAnyMore() {
        assertThat(keys(Transcript.drain(storage().scan(ITEMS, limited(Optional.of(List.of("k10")), 2)))))
                .containsExactly("k11", "k12");
        assertThat(keys(Transcript.drain(storage().scan(ITEMS, limited(Optional.of(List.of("")), 1)))))
                .containsExactly("k01");
        assertThat(Transcript.drain(storage().scan(ITEMS, limited(Optional.of(List.of("k59")), 2))))
                .isEmpty();
    }

    private static QuerySpec limited(Optional<List<@Nullable Object>> after, int limit) {
        return new QuerySpec(
                Condition.everything(), List.of(Order.ascending(ID)), after, limit, Transcript.allCells(ITEMS));
    }

    @Test
    void pagesOverMixedDirectionsVisitEachRecordOnce() {
        List<List<Order>> orders = List.of(
                List.of(Order.ascending(ID)),
                List.of(Order.descending(ID)),
                List.of(Order.ascending(NAME), Order.ascending(ID)),
                List.of(Order.descending(NAME), Order.ascending(ID)),
                List.of(Order.ascending(AMOUNT), Order.descending(NAME), Order.ascending(ID)),
                List.of(Order.descending(AMOUNT), Order.ascending(NAME), Order.descending(ID)));
        for (List<Order> order : orders) {
            for (int size : new int[] {1, 2, 7, 54, 100}) {
                List<String> visited = keys(Pages.walk(storage(), ITEMS, Condition.everything(), order, size));
                assertThat(visited).doesNotHaveDuplicates().hasSize(54);
                assertAgreesWithOracle(
                        new QuerySpec(Condition.everything(), order, Optional.empty(), 100, Transcript.allCells(ITEMS)),
                        visited);
            }
        }
    }

    @Test
    void onlyTheWantedCellsNeedBeThere() {
        BitSet wanted = new BitSet();
        wanted.set(2);
        QuerySpec projection = new QuerySpec(
                Condition.eq(NAME, "name1"),
                List.of(Order.descending(CODE), Order.ascending(ID)),
                Optional.empty(),
                100,
                wanted);
        List<Image> found = Transcript.drain(storage().scan(ITEMS, projection));
        assertThat(found).hasSize(15);
        for (Image image : found) {
            Image whole = image(ITEMS, image.key());
            assertThat(image.cells()).hasSize(3);
            assertThat(image.cells()[2]).isEqualTo(whole.cells()[2]);
            assertThat(image.version()).isEqualTo(whole.version());
            assertThat(image.changeId()).isEqualTo(whole.changeId());
        }
    }

    @Test
    void noCellsNeedBeWanted() {
        QuerySpec bare = new QuerySpec(
                Condition.everything(), List.of(Order.ascending(ID)), Optional.empty(), 100, new BitSet());
        assertThat(keys(Transcript.drain(storage().scan(ITEMS, bare)))).isEqualTo(keys(ITEMS, Condition.everything()));
    }

    @Test
    void countsAreOfLiveRecords() {
        assertThat(storage().count(ITEMS, Condition.everything())).isEqualTo(54);
        assertThat(storage().count(ITEMS, Condition.eq(NAME, "name0"))).isEqualTo(12);
        assertThat(storage().count(ITEMS, Condition.eq(ID, "k10"))).isZero();
        assertThat(storage().count(ITEMS, Condition.eq(ID, "k11"))).isEqualTo(1);
    }

    @Test
    void resultsFollowUpdatesOfIndexedCells() {
        commit(draft -> draft.put(ITEMS, "k11", "moved", "moved", 99L));
        assertThat(keys(ITEMS, Condition.eq(AMOUNT, 99L))).containsExactly("k11");
        assertThat(keys(ITEMS, Condition.eq(CODE, "moved"))).containsExactly("k11");
        assertThat(keys(ITEMS, Condition.eq(CODE, "code49"))).isEmpty();
        commit(draft -> draft.delete(ITEMS, "k11"));
        assertThat(keys(ITEMS, Condition.greater(AMOUNT, 50L))).isEmpty();
    }

    @Test
    void aScanEndsForGood() {
        try (ImageScan scan = storage().scan(ITEMS, limited(Optional.empty(), 1))) {
            assertThat(scan.next()).isNotNull();
            assertThat(scan.next()).isNull();
            assertThat(scan.next()).isNull();
        }
    }

    @Test
    void aScanMayBeClosedEarly() {
        for (int i = 0; i < 300; i++) {
            try (ImageScan scan = storage().scan(ITEMS, Transcript.everything(ITEMS))) {
                if (i % 2 == 0) {
                    assertThat(scan.next()).isNotNull();
                }
            }
        }
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 1L)));
        bench().reopen();
        assertThat(storage().count(ITEMS, Condition.everything())).isEqualTo(54);
    }

    @Test
    void aScanIsAsOfOneMomentWhileCommitsGoOn() {
        List<String> expected = texts(Transcript.drain(storage().scan(ITEMS, Transcript.everything(ITEMS))));
        List<Image> seen = new ArrayList<>();
        try (ImageScan scan = storage().scan(ITEMS, Transcript.everything(ITEMS))) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                seen.add(image);
                int round = seen.size();
                commit(draft -> draft.put(ITEMS, "k" + (60 + round), "new", null, null)
                        .put(ITEMS, key(59 - round % 9), "changed" + round, null, 7L)
                        .delete(ITEMS, key(30 + round % 20)));
            }
        }
        assertThat(texts(seen)).isEqualTo(expected);
        assertThat(storage().count(ITEMS, Condition.eq(NAME, "new"))).isEqualTo(54);
    }

    @Test
    void scansOfSeveralMomentsAreOpenAtOnce() {
        List<ImageScan> scans = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            String name = "round" + round;
            commit(draft -> draft.put(ITEMS, "k01", name, null, null));
            expected.add(texts(Transcript.drain(storage().scan(ITEMS, Transcript.everything(ITEMS)))));
            ImageScan scan = storage().scan(ITEMS, Transcript.everything(ITEMS));
            scans.add(scan);
            String first = Transcript.of(scan.next());
            assertThat(first).isEqualTo(expected.get(round).get(0));
        }
        for (int round = 3; round >= 0; round--) {
            List<String> whole = expected.get(round);
            assertThat(texts(Transcript.drain(scans.get(round)))).isEqualTo(whole.subList(1, whole.size()));
        }
    }

    private void assertAgreesWithOracle(QuerySpec query) {
        assertAgreesWithOracle(query, keys(Transcript.drain(storage().scan(ITEMS, query))));
    }

    private void assertAgreesWithOracle(QuerySpec query, List<String> found) {
        List<Image> all = Transcript.drain(storage().scan(ITEMS, Transcript.everything(ITEMS)));
        assertThat(found).isEqualTo(keys(Oracle.scan(ITEMS, all, query))).isNotEmpty();
    }

    private static List<String> texts(List<Image> images) {
        return images.stream().map(Transcript::of).toList();
    }
}
