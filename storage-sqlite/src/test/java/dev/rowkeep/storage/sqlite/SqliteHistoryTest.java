package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.sqlite.TestPlans.Wanted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest {
    private static final StoreLayout PRODUCTS = TestLayouts.PRODUCTS;
    private static final long DEPTH = 1_000;

    @TempDir
    Path directory;

    /** Versions 1 to 1000 of A, and after each odd one a commit to another record. */
    private Storage open() {
        Storage storage = SqliteStorage.at(directory.resolve("a.db")).open(Access.READ_WRITE);
        storage.install(PRODUCTS);
        for (long version = 1; version <= DEPTH; version++) {
            TestPlans.put(storage, PRODUCTS, "A", "a", version);
            if (version % 2 == 1) {
                TestPlans.put(storage, PRODUCTS, "B", "b", version);
            }
        }
        return storage;
    }

    private static long sequenceOf(long version) {
        return version + version / 2;
    }

    private static List<Long> versions(Storage storage, long newest, long oldest) {
        return storage.versions(PRODUCTS, "A", newest, oldest).stream()
                .map(logged -> logged.change().version())
                .toList();
    }

    private static List<Long> down(long newest, long oldest) {
        return LongStream.rangeClosed(oldest, newest)
                .mapToObj(v -> newest + oldest - v)
                .toList();
    }

    @Test
    void versionsComeNewestFirstWhateverTheRange() {
        try (Storage storage = open()) {
            for (long newest : List.of(1L, 2L, 15L, 16L, 17L, 500L, 992L, 993L, DEPTH)) {
                for (long count : List.of(1L, 3L, 40L)) {
                    long oldest = Math.max(1, newest - count + 1);
                    assertThat(versions(storage, newest, oldest)).isEqualTo(down(newest, oldest));
                }
            }
            assertThat(versions(storage, Long.MAX_VALUE, DEPTH - 2)).isEqualTo(down(DEPTH, DEPTH - 2));
            assertThat(versions(storage, 5, -5)).isEqualTo(down(5, 1));
            assertThat(storage.versions(PRODUCTS, "nobody", 10, 1)).isEmpty();
            LoggedVersion one = storage.versions(PRODUCTS, "A", 500, 500).get(0);
            LoggedChange change =
                    storage.commitAt(sequenceOf(500)).orElseThrow().changes().get(0);
            assertThat(one.header().sequence()).isEqualTo(sequenceOf(500));
            assertThat(one.change()).usingRecursiveComparison().isEqualTo(change);
        }
    }

    @Test
    void aWalkDeepInTheHistoryTouchesNothingFarAway() throws Exception {
        try (Storage storage = open()) {
            // Were anything read beyond the next checkpoint above, version 512, the cut would show.
            try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("a.db"));
                    Statement statement = raw.createStatement()) {
                statement.execute("DELETE FROM rowkeep_log WHERE key = 'A' AND (version > 512 OR version < 500)");
            }
            assertThat(versions(storage, 510, 500)).isEqualTo(down(510, 500));
            assertThat(storage.versionAt(PRODUCTS, "A", sequenceOf(505))).isEqualTo(505);
        }
    }

    @Test
    void versionAtFindsTheNewestVersionUpToACommit() {
        try (Storage storage = open()) {
            for (long version : List.of(1L, 2L, 15L, 16L, 17L, 18L, 511L, 512L, 513L, 998L, 999L, DEPTH)) {
                long sequence = sequenceOf(version);
                assertThat(storage.versionAt(PRODUCTS, "A", sequence)).isEqualTo(version);
                assertThat(storage.versionAt(PRODUCTS, "A", sequence - 1)).isEqualTo(version - 1);
            }
            assertThat(storage.versionAt(PRODUCTS, "A", 0)).isZero();
            assertThat(storage.versionAt(PRODUCTS, "A", Long.MAX_VALUE)).isEqualTo(DEPTH);
            assertThat(storage.versionAt(PRODUCTS, "B", 1)).isZero();
            assertThat(storage.versionAt(PRODUCTS, "nobody", 10)).isZero();
        }
    }

    @Test
    void sequenceAtFindsTheNewestCommitUpToATime() {
        try (Storage storage = open()) {
            long head = storage.head().sequence();
            for (long sequence = 0; sequence <= head; sequence++) {
                assertThat(storage.sequenceAt(TestPlans.START_MICROS + sequence))
                        .isEqualTo(sequence);
            }
            assertThat(storage.sequenceAt(Long.MIN_VALUE)).isZero();
            assertThat(storage.sequenceAt(Long.MAX_VALUE)).isEqualTo(head);
        }
    }

    @Test
    void theHistoryOfADeletedRecordIsWalkedFromItsTombstone() {
        try (Storage storage = SqliteStorage.at(directory.resolve("a.db")).open(Access.READ_WRITE)) {
            storage.install(PRODUCTS);
            for (int i = 0; i < 10; i++) {
                TestPlans.put(storage, PRODUCTS, "A", "a", 1L);
                storage.commit(TestPlans.oneCommit(List.of(Wanted.delete(PRODUCTS, "A"))));
            }
            Image tombstone = storage.read(PRODUCTS, "A");
            assertThat(tombstone.version()).isEqualTo(20);
            assertThat(versions(storage, 20, 1)).isEqualTo(down(20, 1));
            assertThat(storage.versionAt(PRODUCTS, "A", 19)).isEqualTo(19);
        }
    }
}
