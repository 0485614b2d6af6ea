package dev.rowkeep.memory;

import static dev.rowkeep.memory.RawCommits.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class MemoryIsolationTest {
    private static final int ACCOUNTS = 50;
    private static final int COMMITS = 3_000;
    private static final Column<Long> ID = Column.integer("id");
    private static final Column<Long> AMOUNT = Column.integer("amount");
    private static final StoreLayout LAYOUT = new StoreLayout(
            1,
            "accounts",
            new LayoutColumn(0, "id", ColumnType.INTEGER),
            List.of(new LayoutColumn(1, "amount", ColumnType.INTEGER)),
            List.of());

    private final Storage storage = MemoryStorage.create().open(Access.READ_WRITE);
    private final RawCommits commits = new RawCommits(storage);

    @BeforeEach
    void fill() {
        storage.install(LAYOUT);
        commits.commit(LongStream.range(0, ACCOUNTS)
                .mapToObj(id -> put(LAYOUT, id, 0L))
                .toArray(RawCommits.Step[]::new));
    }

    @Test
    void aScanShowsOneMomentHoweverLateItIsRead() {
        commits.commit(put(LAYOUT, 0L, 5L), put(LAYOUT, 1L, -5L));

        try (ImageScan scan = scan(Order.ascending(ID))) {
            Image first = scan.next();
            commits.commit(put(LAYOUT, 0L, 7L), put(LAYOUT, 1L, -7L));
            commits.commit(RawCommits.delete(LAYOUT, 2L));

            assertThat(first.cells()).containsExactly(5L);
            assertThat(scan.next().cells()).containsExactly(-5L);
            assertThat(scan.next().key()).isEqualTo(2L);
        }
    }

    /** Each commit moves an amount between two records, so every moment has the sum 0. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void readersNeverSeePartOfACommit() throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> reads = new ArrayList<>();
            for (Callable<Long> sum : List.<Callable<Long>>of(
                    () -> sum(Order.ascending(ID)),
                    () -> sum(Order.descending(AMOUNT), Order.ascending(ID)),
                    this::sumOfAll)) {
                reads.add(readers.submit(() -> worst(sum, isDone)));
            }
            Future<Long> logRead = readers.submit(() -> worst(this::headBeyondRows, isDone));
            for (long i = 0; i < COMMITS; i++) {
                commits.commit(put(LAYOUT, i % ACCOUNTS, i), put(LAYOUT, (i + 1) % ACCOUNTS, -i - others(i)));
            }
            isDone.set(true);
            for (Future<Long> read : reads) {
                assertThat(read.get()).isZero();
            }
            assertThat(logRead.get()).isZero();
        } finally {
            isDone.set(true);
            readers.shutdownNow();
        }
        assertThat(storage.head().sequence()).isEqualTo(COMMITS + 1);
        assertThat(storage.check()).isEmpty();
    }

    /** What all accounts but the two that commit {@code i} writes hold. */
    private long others(long i) {
        return LongStream.range(0, ACCOUNTS)
                .filter(id -> id != i % ACCOUNTS && id != (i + 1) % ACCOUNTS)
                .map(id -> amount(storage.read(LAYOUT, id)))
                .sum();
    }

    private static long worst(Callable<Long> read, AtomicBoolean isDone) throws Exception {
        long worst = 0;
        while (!isDone.get() && worst == 0) {
            worst = read.call();
        }
        return worst;
    }

    private long sum(Order... orders) {
        long sum = 0;
        try (ImageScan scan = scan(orders)) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                sum += amount(image);
            }
        }
        return sum;
    }

    private long sumOfAll() {
        List<Object> keys =
                LongStream.range(0, ACCOUNTS).<Object>mapToObj(id -> id).toList();
        return storage.readAll(LAYOUT, keys).stream()
                .mapToLong(MemoryIsolationTest::amount)
                .sum();
    }

    /** By how much the rows lag behind the head that was read before them. */
    private long headBeyondRows() {
        long head = storage.head().sequence();
        long written = head < 2 ? 0 : (head - 2) % ACCOUNTS;
        long row = storage.read(LAYOUT, written).changeId() >> 20;
        return head < 2 ? 0 : Math.max(0, head - row);
    }

    private ImageScan scan(Order... orders) {
        BitSet all = new BitSet();
        all.set(0);
        return storage.scan(
                LAYOUT,
                new QuerySpec(Condition.everything(), List.of(orders), Optional.empty(), Integer.MAX_VALUE, all));
    }

    private static long amount(Image image) {
        return (Long) image.cells()[0];
    }
}
