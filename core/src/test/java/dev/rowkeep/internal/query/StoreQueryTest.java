package dev.rowkeep.internal.query;

import static dev.rowkeep.internal.query.SampleStore.COLOR;
import static dev.rowkeep.internal.query.SampleStore.COUNT;
import static dev.rowkeep.internal.query.SampleStore.ID;
import static dev.rowkeep.internal.query.SampleStore.LAYOUT;
import static dev.rowkeep.internal.query.SampleStore.NAME;
import static dev.rowkeep.internal.query.SampleStore.SCHEMA;
import static dev.rowkeep.internal.query.SampleStore.TAGS;
import static dev.rowkeep.memory.RawCommits.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.error.ClosedException;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.memory.RawCommits;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Page;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoreQueryTest {
    private final Storage memory = MemoryStorage.create().open(Access.READ_WRITE);
    private final RawCommits commits = new RawCommits(memory);
    private final List<QuerySpec> scans = new ArrayList<>();
    private final AtomicInteger openScans = new AtomicInteger();
    private Runnable entryCheck = () -> {};

    @BeforeEach
    void fill() {
        memory.install(LAYOUT);
        for (String key : List.of("a", "b", "c", "d")) {
            Object[] cells = new Object[SCHEMA.columns().size()];
            cells[SCHEMA.ordinal(NAME)] = key.toUpperCase(java.util.Locale.ROOT);
            cells[SCHEMA.ordinal(COLOR)] = "RED";
            commits.commit(put(LAYOUT, key, cells));
        }
    }

    @Test
    void aForeignColumnIsNamedWithTheStore() {
        Column<String> foreign = Column.text("elsewhere");

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> query().where(Condition.eq(foreign, "x")),
                () -> query().orderBy(Order.ascending(foreign)),
                () -> query().select(NAME, foreign))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call)
                    .withMessageContaining("samples")
                    .withMessageContaining("elsewhere");
        }
        assertThat(scans).isEmpty();
    }

    @Test
    void everyMethodThatGivesResultsChecksItsEntry() {
        Cursor cursor = query().page(1).next().orElseThrow();
        scans.clear();
        entryCheck = () -> {
            throw new ClosedException("The store");
        };
        RecordQuery<String, Row> query = query().where(Condition.everything())
                .orderBy(Order.ascending(NAME))
                .limit(2);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                query::list,
                query::first,
                query::count,
                query::stream,
                () -> query.page(1),
                () -> query.page(1, cursor),
                () -> query.select(NAME))) {
            assertThatExceptionOfType(ClosedException.class).isThrownBy(call);
        }
        assertThat(scans).isEmpty();
    }

    @Test
    void conditionsAddUpAndOrdersReplace() {
        RecordQuery<String, Row> query = query().where(Condition.greater(ID, "a"))
                .where(Condition.less(ID, "d"))
                .orderBy(Order.ascending(NAME))
                .orderBy(Order.descending(ID));

        assertThat(query.list()).extracting(VersionedRecord::key).containsExactly("c", "b");
    }

    @Test
    void anOrderEndsWithTheKeyOnce() {
        query().orderBy(Order.ascending(NAME)).list();
        query().orderBy(Order.descending(NAME), Order.descending(ID), Order.ascending(COUNT))
                .list();
        query().orderBy(Order.ascending(NAME), Order.descending(NAME)).list();
        query().orderBy().list();

        assertThat(scans)
                .extracting(QuerySpec::orders)
                .containsExactly(
                        List.of(Order.ascending(NAME), Order.ascending(ID)),
                        List.of(Order.descending(NAME), Order.descending(ID)),
                        List.of(Order.ascending(NAME), Order.ascending(ID)),
                        List.of(Order.ascending(ID)));
    }

    @Test
    void aSelectReadsOnlyItsColumns() {
        List<Row> rows = query().orderBy(Order.descending(NAME)).limit(2).select(COLOR, ID, TAGS);

        assertThat(rows).extracting(row -> row.get(ID)).containsExactly("d", "c");
        assertThat(rows).extracting(row -> row.get(COLOR)).containsOnly(SampleStore.Color.RED);
        assertThat(rows).extracting(row -> row.get(TAGS)).containsOnlyNulls();
        assertThat(rows.get(0).columns()).isEqualTo(List.of(COLOR, ID, TAGS));
        BitSet wanted = new BitSet();
        wanted.set(SCHEMA.ordinal(COLOR));
        wanted.set(SCHEMA.ordinal(TAGS));
        assertThat(scans).extracting(QuerySpec::columns).containsExactly(wanted);
        assertThatIllegalArgumentException().isThrownBy(() -> query().select()).withMessageContaining("samples");
    }

    @Test
    void aStreamHoldsItsScanUntilItIsClosed() {
        try (Stream<VersionedRecord<String, Row>> stream = query().stream()) {
            assertThat(openScans).hasValue(1);
            assertThat(stream.map(VersionedRecord::key).findFirst()).contains("a");
            assertThat(openScans).hasValue(1);
        }
        assertThat(openScans).hasValue(0);
    }

    @Test
    void aStreamReadToItsEndLetsGoOfItsScanOnce() {
        try (Stream<VersionedRecord<String, Row>> stream = query().stream()) {
            List<String> keys = stream.parallel().map(VersionedRecord::key).toList();

            assertThat(keys).containsExactly("a", "b", "c", "d");
            assertThat(openScans).hasValue(0);
        }
        assertThat(openScans).hasValue(0);
    }

    @Test
    void everyOtherResultIsMadeAfterTheScanIsClosed() {
        StoreQuery<String, Row> query = new StoreQuery<>(
                SCHEMA,
                LAYOUT,
                ImageSource.of(watched()),
                image -> {
                    assertThat(openScans).hasValue(0);
                    return SampleStore.record(image);
                },
                entryCheck);

        assertThat(query.list()).hasSize(4);
        assertThat(query.first()).isPresent();
        assertThat(query.page(3).items()).hasSize(3);
    }

    @Test
    void aPageShowsWhatWasWrittenAfterTheOneBefore() {
        Page<VersionedRecord<String, Row>> first = query().page(2);
        commits.commit(put(LAYOUT, "bb", new Object[SCHEMA.columns().size()]));
        commits.commit(RawCommits.delete(LAYOUT, "b"));

        Page<VersionedRecord<String, Row>> second = query().page(2, first.next().orElseThrow());

        assertThat(second.items()).extracting(VersionedRecord::key).containsExactly("bb", "c");
    }

    @Test
    void aCursorOfAnotherQueryIsRefusedBeforeAnythingIsRead() {
        Cursor cursor = query().page(2).next().orElseThrow();
        scans.clear();
        RecordQuery<String, Row> other = query().orderBy(Order.descending(ID));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.page(2, cursor))
                .withMessageContaining("not one of this query on store samples");
        assertThat(scans).isEmpty();
    }

    @Test
    void numbersBelowOneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> query().limit(0)).withMessageContaining("samples");
        assertThatIllegalArgumentException().isThrownBy(() -> query().page(0)).withMessageContaining("samples");
    }

    @Test
    void theLargestPageAndLimitArePossible() {
        assertThat(query().page(Integer.MAX_VALUE).items()).hasSize(4);
        assertThat(query().limit(Integer.MAX_VALUE).page(Integer.MAX_VALUE).next())
                .isEmpty();
    }

    private StoreQuery<String, Row> query() {
        return new StoreQuery<>(SCHEMA, LAYOUT, ImageSource.of(watched()), SampleStore::record, () -> entryCheck.run());
    }

    /** The memory storage, with its scans counted. */
    private Storage watched() {
        return proxy(Storage.class, memory, (method, arguments, result) -> {
            if (!method.equals("scan")) {
                return result;
            }
            scans.add((QuerySpec) arguments[1]);
            openScans.incrementAndGet();
            return proxy(ImageScan.class, result, (scanMethod, none, image) -> {
                if (scanMethod.equals("close")) {
                    openScans.decrementAndGet();
                }
                return image;
            });
        });
    }

    private interface Watch {
        Object seen(String method, Object[] arguments, Object result);
    }

    private static <S> S proxy(Class<S> type, Object target, Watch watch) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return watch.seen(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
