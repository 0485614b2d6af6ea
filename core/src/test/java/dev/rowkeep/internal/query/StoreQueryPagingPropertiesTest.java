package dev.rowkeep.internal.query;

import static dev.rowkeep.internal.query.SampleStore.LAYOUT;
import static dev.rowkeep.internal.query.SampleStore.SCHEMA;
import static dev.rowkeep.memory.RawCommits.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.memory.RawCommits;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class StoreQueryPagingPropertiesTest {
    @Property(tries = 300)
    void pagesVisitEachRecordOnceInOrder(
            @ForAll("records") Map<String, Object[]> records,
            @ForAll("orders") List<Order> orders,
            @ForAll("conditions") Condition condition,
            @ForAll @IntRange(min = 1, max = 7) int size) {
        RecordQuery<String, Row> query = query(records).where(condition).orderBy(orders.toArray(Order[]::new));
        List<String> expected = expected(records, orders, condition);

        assertThat(pagedKeys(query, size)).isEqualTo(expected);
        assertThat(keys(query.list())).isEqualTo(expected);
        assertThat(query.count()).isEqualTo(expected.size());
        assertThat(query.first().map(VersionedRecord::key))
                .isEqualTo(expected.stream().findFirst());
    }

    @Property(tries = 300)
    void theLimitHoldsOverAllPagesTogether(
            @ForAll("records") Map<String, Object[]> records,
            @ForAll("orders") List<Order> orders,
            @ForAll @IntRange(min = 1, max = 7) int size,
            @ForAll @IntRange(min = 1, max = 30) int limit) {
        RecordQuery<String, Row> query =
                query(records).orderBy(orders.toArray(Order[]::new)).limit(limit);
        List<String> all = expected(records, orders, Condition.everything());
        List<String> expected = all.subList(0, Math.min(limit, all.size()));

        assertThat(pagedKeys(query, size)).isEqualTo(expected);
        assertThat(keys(query.list())).isEqualTo(expected);
        assertThat(query.count()).isEqualTo(all.size());
    }

    private static RecordQuery<String, Row> query(Map<String, Object[]> records) {
        Storage storage = MemoryStorage.create().open(Access.READ_WRITE);
        storage.install(LAYOUT);
        RawCommits commits = new RawCommits(storage);
        records.forEach((key, cells) -> commits.commit(put(LAYOUT, key, cells)));
        return new StoreQuery<>(SCHEMA, LAYOUT, ImageSource.of(storage), SampleStore::record, () -> {});
    }

    /** The wanted keys, found without the classes under test, except what a condition means. */
    private static List<String> expected(Map<String, Object[]> records, List<Order> orders, Condition condition) {
        Comparator<Map.Entry<String, Object[]>> order = Map.Entry.comparingByKey();
        order = lastColumnDescends(orders) ? order.reversed() : order;
        for (int i = orders.size() - 1; i >= 0; i--) {
            Order each = orders.get(i);
            Comparator<Map.Entry<String, Object[]>> first =
                    (a, b) -> each.column().type().compare(cell(a, each), cell(b, each));
            order = (each.direction() == Order.Direction.ASCENDING ? first : first.reversed()).thenComparing(order);
        }
        ConditionEvaluation evaluation = ConditionEvaluation.of(LAYOUT, condition);
        return records.entrySet().stream()
                .filter(record -> evaluation.test(record.getKey(), record.getValue()))
                .sorted(order)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The key goes the way of the last column that was not named before. */
    private static boolean lastColumnDescends(List<Order> orders) {
        Order last = null;
        List<Object> named = new ArrayList<>();
        for (Order each : orders) {
            if (!named.contains(each.column())) {
                named.add(each.column());
                last = each;
            }
        }
        return last != null && last.direction() == Order.Direction.DESCENDING;
    }

    private static Object cell(Map.Entry<String, Object[]> record, Order order) {
        boolean isKey = order.column().equals(SampleStore.ID);
        return isKey ? record.getKey() : record.getValue()[SCHEMA.ordinal(order.column())];
    }

    private static List<String> pagedKeys(RecordQuery<String, Row> query, int size) {
        List<String> keys = new ArrayList<>();
        Page<VersionedRecord<String, Row>> page = query.page(size);
        keys.addAll(keys(page.items()));
        Optional<Cursor> next = page.next();
        while (next.isPresent()) {
            assertThat(page.items()).hasSize(size);
            page = query.page(size, next.get());
            assertThat(page.items()).as("a next page that was promised").isNotEmpty();
            keys.addAll(keys(page.items()));
            next = page.next();
        }
        return keys;
    }

    private static List<String> keys(List<VersionedRecord<String, Row>> records) {
        return records.stream().map(VersionedRecord::key).toList();
    }

    @Provide
    Arbitrary<Map<String, Object[]>> records() {
        return Arbitraries.maps(SampleStore.keys(), SampleStore.cells()).ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<Order>> orders() {
        return SampleStore.orders();
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return SampleStore.conditions();
    }
}
