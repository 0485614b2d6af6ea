package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.storage.sqlite.TestPlans.Wanted;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCommitTest {
    private static final StoreLayout PRODUCTS = TestLayouts.PRODUCTS;

    @TempDir
    Path directory;

    private Path file;
    private Storage storage;

    @BeforeEach
    void open() {
        file = directory.resolve("a.db");
        storage = SqliteStorage.at(file).busyTimeout(Duration.ofMillis(20)).open(Access.READ_WRITE);
        storage.install(PRODUCTS);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private long count(String table) throws SQLException {
        try (Connection raw = raw();
                Statement statement = raw.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return row.getLong(1);
        }
    }

    private void assertFails(StorageException.Kind kind, CommitWork work) throws SQLException {
        long sequence = storage.head().sequence();
        long changes = count("rowkeep_changes");
        assertThatThrownBy(() -> storage.commit(work))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(storage.head().sequence()).isEqualTo(sequence);
        assertThat(count("rowkeep_commits")).isEqualTo(sequence);
        assertThat(count("rowkeep_changes")).isEqualTo(changes);
    }

    @Test
    void uniqueValuesMoveBetweenRecordsOfOnePlan() {
        storage.commit(TestPlans.oneCommit(List.of(
                Wanted.put(PRODUCTS, "A", "one", 1L),
                Wanted.put(PRODUCTS, "B", "two", 2L),
                Wanted.put(PRODUCTS, "C", "three", 3L),
                Wanted.put(PRODUCTS, "D", "four", 4L))));
        storage.commit(TestPlans.oneCommit(List.of(
                Wanted.put(PRODUCTS, "E", "four", 5L),
                Wanted.put(PRODUCTS, "A", "two", 1L),
                Wanted.put(PRODUCTS, "B", "three", 2L),
                Wanted.put(PRODUCTS, "C", "one", 9L),
                Wanted.delete(PRODUCTS, "D"))));
        assertThat(List.of("A", "B", "C", "E"))
                .extracting(key -> storage.read(PRODUCTS, key).cells()[0])
                .containsExactly("two", "three", "one", "four");
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void takenUniqueValueLeavesNothing() throws SQLException {
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        assertFails(
                StorageException.Kind.UNIQUE_TAKEN,
                TestPlans.manyCommits(
                        List.of(Wanted.put(PRODUCTS, "B", "two", 2L), Wanted.put(PRODUCTS, "C", "one", 3L))));
        assertThat(storage.read(PRODUCTS, "B")).isNull();
    }

    @Test
    void stalePlanLeavesNothingOfItsNeighboursEither() throws SQLException {
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        TestPlans.put(storage, PRODUCTS, "T", "tomb", 1L);
        TestPlans.delete(storage, PRODUCTS, "T");
        Image live = storage.read(PRODUCTS, "A");
        Image tombstone = storage.read(PRODUCTS, "T");
        List<Image> wrong = new ArrayList<>();
        wrong.add(null);
        wrong.add(older(live));
        wrong.add(older(tombstone));
        for (Image before : wrong) {
            for (String key : List.of("A", "T", "N")) {
                Image found = storage.read(PRODUCTS, key);
                if (before == null
                        ? found == null
                        : found != null
                                && found.version() == before.version()
                                && found.liveness() == before.liveness()) {
                    continue;
                }
                for (Object[] cells : new Object[][] {{"x", 5L}, null}) {
                    assertFails(StorageException.Kind.STALE, standingOn(before, key, cells));
                }
            }
        }
        assertThat(storage.read(PRODUCTS, "B")).isNull();
        assertThat(TestPlans.parts(storage.read(PRODUCTS, "A"))).isEqualTo(TestPlans.parts(live));
        assertThat(TestPlans.parts(storage.read(PRODUCTS, "T"))).isEqualTo(TestPlans.parts(tombstone));
    }

    private static Image older(Image image) {
        return new Image(
                image.key(),
                image.version() + 7,
                image.changeId(),
                image.liveness(),
                image.cells(),
                image.author(),
                image.timeMicros(),
                image.userAuthor(),
                image.userTimeMicros());
    }

    /** A good write of B, and a write of {@code key} that stands on {@code before}. */
    private static CommitWork standingOn(Image before, String key, Object[] cells) {
        Wanted wanted = new Wanted(PRODUCTS, key, cells, TestPlans.ANA);
        TestPlans.Work good = new TestPlans.Work(List.of(Wanted.put(PRODUCTS, "B", "b", 1L), wanted), 2);
        return new CommitWork() {
            @Override
            public List<RecordRef> reads() {
                return List.of();
            }

            @Override
            public CommitPlan decide(CommitView view) {
                CommitPlan plan = good.decide(new ForeignView(view));
                RowWrite last = plan.writes().get(1);
                Image after = TestPlans.after(
                        wanted, before, last.after().changeId(), last.after().timeMicros());
                RowWrite bad = new RowWrite(PRODUCTS, before, List.of(after), new java.util.BitSet());
                return new CommitPlan(plan.commits(), List.of(plan.writes().get(0), bad));
            }
        };
    }

    /** Shows nothing, so that the storage cannot lean on what was read through it. */
    private record ForeignView(CommitView view) implements CommitView {
        @Override
        public dev.rowkeep.spi.Head head() {
            return view.head();
        }

        @Override
        public Image image(StoreLayout layout, Object key) {
            return null;
        }

        @Override
        public Object owner(StoreLayout layout, int ordinal, Object value) {
            return null;
        }

        @Override
        public dev.rowkeep.spi.StoredRequest request(String id) {
            return null;
        }

        @Override
        public List<dev.rowkeep.spi.LoggedCommit> commitsAfter(long sequence, int most) {
            return List.of();
        }

        @Override
        public List<dev.rowkeep.spi.LoggedChange> changesAfter(StoreLayout layout, long sequence, int most) {
            return List.of();
        }
    }

    @Test
    void aDeletedRecordComesBackWithItsNextVersionAndItsTombstoneGoes() throws SQLException {
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        TestPlans.delete(storage, PRODUCTS, "A");
        assertThat(storage.read(PRODUCTS, "A").version()).isEqualTo(2);
        assertThat(storage.read(PRODUCTS, "A").isLive()).isFalse();
        assertThat(count("products")).isZero();
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        assertThat(storage.read(PRODUCTS, "A").version()).isEqualTo(3);
        assertThat(count("rowkeep_tombstones")).isZero();
    }

    @Test
    void aLargePlanIsWrittenWhole() throws SQLException {
        List<Wanted> wanted = IntStream.range(0, 1_333)
                .mapToObj(i -> Wanted.put(PRODUCTS, "K" + i, "name " + i, (long) i))
                .toList();
        storage.commit(TestPlans.manyCommits(wanted));
        storage.commit(TestPlans.oneCommit(wanted.stream()
                .map(w -> Wanted.put(PRODUCTS, w.key(), w.cells()[0], -1L))
                .toList()));
        assertThat(count("products WHERE stock = -1 AND _version = 2")).isEqualTo(1_333);
        assertThat(storage.head().sequence()).isEqualTo(1_334);
        assertThat(storage.commitAt(1_334).orElseThrow().changes()).hasSize(1_333);
        assertThat(storage.commitsAfter(0, 5_000)).hasSize(1_334);
    }

    @Test
    void anExceptionOfTheDecisionPassesUnchangedAndWritesNothing() {
        IllegalArgumentException thrown = new IllegalArgumentException("mine");
        CommitWork work = new CommitWork() {
            @Override
            public List<RecordRef> reads() {
                return List.of();
            }

            @Override
            public CommitPlan decide(CommitView view) {
                throw thrown;
            }
        };
        assertThatThrownBy(() -> storage.commit(work)).isSameAs(thrown);
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        assertThat(storage.head().sequence()).isEqualTo(1);
    }

    @Test
    void aForeignWriteTransactionMakesTheStorageBusyAndLeavesItUsable() throws SQLException {
        try (Connection raw = raw();
                Statement statement = raw.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertFails(StorageException.Kind.BUSY, TestPlans.oneCommit(List.of(Wanted.put(PRODUCTS, "A", "one", 1L))));
            statement.execute("ROLLBACK");
        }
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
    }

    @Test
    void recoverGivesTheHeadAndLeavesEverythingInTheDatabaseFile() {
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        assertThat(storage.recover().sequence()).isEqualTo(1);
        assertThat(new DatabaseFile(file).walBytes()).isZero();
        TestPlans.put(storage, PRODUCTS, "A", "one", 2L);
        assertThat(storage.read(PRODUCTS, "A").cells()).containsExactly("one", 2L);
    }

    @Test
    void evolutionAddsColumnsAndIndexesAndKeepsRecords() throws SQLException {
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        StoreLayout grown = TestLayouts.layout(
                        1,
                        "products",
                        TestLayouts.SKU,
                        TestLayouts.NAME,
                        TestLayouts.STOCK,
                        Column.decimal("price", 9, 2),
                        Column.text("price_e2"))
                .withIndexes(
                        new LayoutIndex(List.of("name"), Uniqueness.UNIQUE),
                        new LayoutIndex(List.of("price", "stock"), Uniqueness.SHARED))
                .done();
        storage.install(grown);
        assertThat(storage.layouts()).containsExactly(grown);
        assertThat(storage.read(grown, "A").cells()).containsExactly("one", 1L, null, null);
        assertThat(storage.read(PRODUCTS, "A").cells()).containsExactly("one", 1L);
        TestPlans.put(storage, grown, "A", "one", 1L, new BigDecimal("1.50"), "x");
        assertThat(storage.check()).isEmpty();
        assertThat(count("products WHERE price = 1.5 AND price_e2 = 'x'")).isEqualTo(1);
        assertThatThrownBy(() -> storage.install(PRODUCTS))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("price");
    }

    @Test
    void anEvolutionThatCannotBeLeavesTheOldForm() {
        TestPlans.put(storage, PRODUCTS, "A", "one", 1L);
        TestPlans.put(storage, PRODUCTS, "B", "two", 1L);
        StoreLayout grown = TestLayouts.layout(
                        1, "products", TestLayouts.SKU, TestLayouts.NAME, TestLayouts.STOCK, Column.text("more"))
                .withIndexes(new LayoutIndex(List.of("stock"), Uniqueness.UNIQUE))
                .done();
        assertThatThrownBy(() -> storage.install(grown))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.UNIQUE_TAKEN));
        assertThat(storage.layouts()).containsExactly(PRODUCTS);
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void aLostIndexIsFound() throws SQLException {
        try (Connection raw = raw();
                Statement statement = raw.createStatement()) {
            statement.execute("DROP INDEX rowkeep_unique_1_1");
        }
        assertThat(storage.check())
                .hasValueSatisfying(fault -> assertThat(fault).contains("rowkeep_unique_1_1"));
    }
}
