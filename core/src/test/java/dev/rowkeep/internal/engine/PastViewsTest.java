package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.ViewTooLargeException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How views are made from either end of the log. */
final class PastViewsTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<Long> A = Column.integer("a");
    private static final Column<Long> B = Column.integer("b");
    private static final Schema<String, Row> SCHEMA = Schema.dynamic("items", ID, A, B);

    private final AtomicReference<Storage> opened = new AtomicReference<>();
    private final RowKeep keep = RowKeep.open(access -> {
        Storage storage = MemoryStorage.create().open(access);
        opened.set(storage);
        return storage;
    });
    private final RecordStore<String, Row> items = keep.store(SCHEMA);
    private final Storage storage = opened.get();
    private final StoreLayout layout = storage.layouts().get(0);

    @AfterEach
    void close() {
        keep.close();
    }

    private static Row item(String id, long a, long b) {
        return Row.of(SCHEMA, id).with(A, a).with(B, b);
    }

    private static List<String> texts(NavigableMap<Object, Image> images) {
        List<String> texts = new ArrayList<>();
        images.values()
                .forEach(image -> texts.add(image.key() + " v" + image.version() + " " + List.of(image.cells())));
        return texts;
    }

    @Test
    void bothEndsGiveTheSame() {
        items.insert(item("x", 1, 1));
        items.insert(item("y", 2, 2));
        items.update("x", row -> row.with(A, 5L));
        items.delete("y");
        items.insert(item("y", 3, 3));
        items.update("x", row -> row.with(B, 6L));
        for (long sequence = 0; sequence <= storage.head().sequence(); sequence++) {
            NavigableMap<Object, Image> forward = new RolledForward(storage, layout, 10).upTo(sequence);
            NavigableMap<Object, Image> back = new RolledBack(storage, layout, 10).to(sequence);
            assertThat(texts(back)).isEqualTo(texts(forward));
            assertThat(texts(new RolledBack(storage, layout, 10).toWithTwo(sequence)))
                    .isEqualTo(texts(forward));
            assertThat(back.values())
                    .extracting(Image::timeMicros, Image::author)
                    .isEqualTo(forward.values().stream()
                            .map(image -> org.assertj.core.groups.Tuple.tuple(image.timeMicros(), image.author()))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commitsThatLandWhileTheRowsAreReadDoNoHarm(boolean isWithTwo) {
        items.insert(item("a", 1, 1));
        items.insert(item("b", 2, 2));
        items.insert(item("c", 3, 3));
        long sequence = storage.head().sequence();
        List<String> expected = texts(new RolledForward(storage, layout, 10).upTo(sequence));
        items.update("a", row -> row.with(A, 10L));

        Storage busy = afterEach("scan", () -> {
            items.update("a", row -> row.with(B, 11L)); // another cell than the one that had changed already
            items.delete("b");
            items.insert(item("b", 20, 20));
            items.update("c", row -> row.with(A, 30L));
            items.delete("c");
            items.insert(item("d", 4, 4));
        });
        RolledBack back = new RolledBack(busy, layout, 10);
        assertThat(texts(isWithTwo ? back.toWithTwo(sequence) : back.to(sequence)))
                .isEqualTo(expected);
    }

    @Test
    void theLogIsNotReadBeforeTheMomentThatTheRowsAreOf() {
        items.insert(item("a", 1, 1));
        AtomicBoolean isRead = new AtomicBoolean();
        List<Thread> before = alive();
        Storage late = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (self, method, arguments) -> {
                    if (method.getName().equals("changes")) {
                        isRead.set(true);
                    }
                    return method.getName().equals("scan")
                            ? lateScan((QuerySpec) arguments[1], () -> isRead.get() || !before.containsAll(alive()))
                            : method.invoke(storage, arguments);
                });
        assertThat(texts(new RolledBack(late, layout, 10).toWithTwo(1))).containsExactly("a v1 [1, 1]");
        assertThat(isRead).isTrue();
    }

    /** A scan as of its first result; checks that {@code isTooEarly} is not so by then. */
    private ImageScan lateScan(QuerySpec query, BooleanSupplier isTooEarly) {
        AtomicReference<ImageScan> begun = new AtomicReference<>();
        return new ImageScan() {
            @Override
            public Image next() {
                if (begun.get() == null) {
                    assertThat(isTooEarly.getAsBoolean()).isFalse();
                    items.update("a", row -> row.with(A, 10L));
                    begun.set(storage.scan(layout, query));
                }
                return begun.get().next();
            }

            @Override
            public void close() {
                begun.get().close();
            }
        };
    }

    /** The threads that are alive, those included that have not run yet. */
    private static List<Thread> alive() {
        Thread[] alive = new Thread[1_000];
        int count = Thread.enumerate(alive);
        return Arrays.stream(alive, 0, count)
                .filter(thread -> thread.getName().equals("rowkeep-view"))
                .toList();
    }

    @Test
    void aFailureOfEitherOfTwoIsThrownWhenBothHaveEnded() {
        items.insert(item("a", 1, 1));
        items.update("a", row -> row.with(A, 2L));
        for (String call : List.of("changes", "next")) {
            AtomicBoolean hasEnded = new AtomicBoolean();
            StorageException failure = new StorageException(StorageException.Kind.PERMANENT, "planned", null);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> new RolledBack(failing(call, failure, hasEnded), layout, 10).toWithTwo(1))
                    .isSameAs(failure);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(hasEnded).isTrue();
        }
    }

    /** The storage, of which a call fails: one of its own, or the second result of a scan; tells in the end that the log has been read. */
    private Storage failing(String call, StorageException failure, AtomicBoolean hasEnded) {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (self, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        hasEnded.set(true);
                        throw failure;
                    }
                    Object result = method.invoke(storage, arguments);
                    hasEnded.compareAndSet(false, method.getName().equals("changes"));
                    return method.getName().equals("scan") && call.equals("next")
                            ? failingScan((ImageScan) result, failure)
                            : result;
                });
    }

    private static ImageScan failingScan(ImageScan scan, StorageException failure) {
        AtomicBoolean isBegun = new AtomicBoolean();
        return new ImageScan() {
            @Override
            public Image next() {
                if (isBegun.getAndSet(true)) {
                    throw failure;
                }
                return scan.next();
            }

            @Override
            public void close() {
                scan.close();
            }
        };
    }

    @Test
    void rowsMayShowCommitsThatTheHeadDoesNotShowYet() {
        items.insert(item("a", 1, 1));
        items.insert(item("b", 2, 2));
        Head before = storage.head();
        items.update("a", row -> row.with(A, 10L));
        items.delete("b");
        Storage behind = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (self, method, arguments) ->
                        method.getName().equals("head") ? before : method.invoke(storage, arguments));
        assertThat(texts(new RolledBack(behind, layout, 10).to(2))).containsExactly("a v1 [1, 1]", "b v1 [2, 2]");
    }

    @Test
    void aLogOfManyPagesIsReadToItsEnd() {
        items.insert(item("b", 7, 7));
        items.insert(item("a", 0, 0));
        for (long i = 1; i <= 1_100; i++) {
            items.apply(Edit.update(SCHEMA, "a").add(A, 1L));
        }
        items.update("b", row -> row.with(A, 8L));
        for (long sequence : new long[] {2, 78, 79, 80, 591, 1_101, 1_102}) {
            assertThat(texts(new RolledBack(storage, layout, 10).to(sequence)))
                    .containsExactly("a v" + (sequence - 1) + " [" + (sequence - 2) + ", 0]", "b v1 [7, 7]");
        }
    }

    @Test
    void recordsThatAViewHoldsAreBounded() {
        items.insert(item("a", 1, 1));
        items.insert(item("b", 2, 2));
        items.insert(item("c", 3, 3));
        items.delete("c");
        assertThat(new RolledForward(storage, layout, 2).upTo(2)).hasSize(2);
        assertThat(new RolledBack(storage, layout, 2).to(4)).hasSize(2);
        assertThatExceptionOfType(ViewTooLargeException.class)
                .isThrownBy(() -> new RolledForward(storage, layout, 2).upTo(3))
                .withMessageContaining("items")
                .satisfies(e -> assertThat(e.limit()).isEqualTo(2));
        assertThatExceptionOfType(ViewTooLargeException.class)
                .isThrownBy(() -> new RolledBack(storage, layout, 2).to(3));
        assertThatExceptionOfType(ViewTooLargeException.class)
                .isThrownBy(() -> new RolledBack(storage, layout, 1).to(4));
        assertThatExceptionOfType(ViewTooLargeException.class)
                .isThrownBy(() -> new RolledBack(storage, layout, 1).toWithTwo(4)); // The rows are too many.
        assertThatExceptionOfType(ViewTooLargeException.class)
                .isThrownBy(() -> new RolledBack(storage, layout, 2).toWithTwo(0)); // The records that had changed are.
        assertThat(new NetChanges(storage, layout, 2).between(0, 2)).hasSize(2);
        assertThatExceptionOfType(ViewTooLargeException.class)
                .isThrownBy(() -> new NetChanges(storage, layout, 2).between(0, 3));
    }

    @Test
    void aLogThatLacksCommitsIsReportedAndNotPapered() {
        items.insert(item("a", 1, 1));
        items.update("a", row -> row.with(A, 2L));
        Storage empty = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (self, method, arguments) -> {
                    if (method.getName().equals("commitsAfter")) {
                        return List.of();
                    }
                    return method.getName().equals("changes")
                                    || method.getName().equals("headers")
                            ? InvocationHandler.invokeDefault(self, method, arguments)
                            : method.invoke(storage, arguments);
                });
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new RolledBack(empty, layout, 2).to(1))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.PERMANENT));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new RolledBack(empty, layout, 2).toWithTwo(1))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.PERMANENT));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new RolledForward(empty, layout, 2).upTo(1))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.PERMANENT));
    }

    /** The storage, on which {@code more} happens once, after the first call of {@code call} has read. */
    private Storage afterEach(String call, Runnable more) {
        AtomicReference<Runnable> once = new AtomicReference<>(more);
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(storage, arguments);
                        if (method.getName().equals(call)) {
                            once.getAndSet(() -> {}).run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
