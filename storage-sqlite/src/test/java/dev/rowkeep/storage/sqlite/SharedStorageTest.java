package dev.rowkeep.storage.sqlite;

import static dev.rowkeep.storage.sqlite.OtherKeep.RECORDS;
import static dev.rowkeep.storage.sqlite.OtherKeep.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one process sees and may do while another, one after the other, works on the same file. */
@Timeout(120)
final class SharedStorageTest {
    @TempDir
    Path directory;

    private Path file;
    private Path counters;

    @BeforeEach
    void name() {
        file = directory.resolve("a.db");
        counters = directory.resolve("a.db.counters");
    }

    private RowKeep open() {
        return RowKeep.open(SqliteStorage.at(file));
    }

    private void otherAdds(long version) throws Exception {
        assertThat(OtherKeep.run(file, OtherKeep.Deed.ADD)).isEqualTo("DONE " + version);
    }

    private void takeTurns(RowKeep keep) throws Exception {
        RecordStore<String, Row> store = keep.store(RECORDS);
        assertThat(OtherKeep.add(store, RECORDS)).isEqualTo(1);
        assertThat(store.get("a").orElseThrow().version()).isEqualTo(1);
        otherAdds(2);
        assertThat(store.get("a").orElseThrow().version()).as("a cached read").isEqualTo(2);
        assertThat(store.update("a", row -> row.with(VALUE, row.require(VALUE) + 1))
                        .version())
                .isEqualTo(3);
        otherAdds(4);
        assertThat(store.apply(Edit.update(RECORDS, "a").add(VALUE, 1L))
                        .orThrow()
                        .version())
                .as("a write that the leader decides on what is cached")
                .isEqualTo(5);
        assertThat(store.get("a").orElseThrow().value().get(VALUE)).isEqualTo(5);
        assertThat(keep.log().head().sequence()).isEqualTo(5);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void writesOfTwoProcessesFollowEachOtherAndEachReadsWhatTheOtherWasToldOf() throws Exception {
        try (RowKeep keep = open()) {
            takeTurns(keep);
        }
    }

    @Test
    void whereNoFileCanBeMappedSqliteIsAskedInstead() throws Exception {
        Files.createDirectory(counters);
        try (RowKeep keep = open()) {
            takeTurns(keep);
        }
        Files.delete(counters);
        try (RowKeep keep = open()) {
            assertThat(counters).isRegularFile();
            otherAdds(6);
            assertThat(keep.store(RECORDS).get("a").orElseThrow().version()).isEqualTo(6);
        }
    }

    @Test
    void cacheAsksForAStampOfEachReadWhereNoFileCanBeMapped() throws Exception {
        Files.createDirectory(counters);
        try (Storage storage = SqliteStorage.at(file).open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
            ChangeStamps stamps = storage.stamps(TestLayouts.PRODUCTS).orElseThrow();
            long stamp = stamps.stamp("A");
            assertThat(stamps.isCurrent("A", stamp)).isTrue();
            TestPlans.put(storage, TestLayouts.PRODUCTS, "B", "n", 1L);
            assertThat(stamps.isCurrent("A", stamp)).isFalse();
        }
    }

    @Test
    void anExclusiveStorageHasNothingToAsk() {
        try (Storage storage = SqliteStorage.at(file).exclusive().open(Access.READ_WRITE)) {
            storage.install(TestLayouts.PRODUCTS);
            assertThat(storage.stamps(TestLayouts.PRODUCTS)).isEmpty();
            assertThat(counters).doesNotExist();
        }
    }

    @Test
    void lostOrForeignCountersAreMadeAnewByTheFirstToOpenAndRefusedToWhoJoins() throws Exception {
        open().close();
        String first = idOfCounters();
        byte[] old = Files.readAllBytes(counters);
        try (RowKeep keep = open()) {
            assertThat(idOfCounters()).as("kept").isEqualTo(first);
            Files.delete(counters);
            assertThat(OtherKeep.run(file, OtherKeep.Deed.ADD)).contains("REFUSED", "is missing or another one");
            OtherKeep.add(keep.store(RECORDS), RECORDS);
        }
        otherAdds(2);
        String second = idOfCounters();
        Files.write(counters, old);
        otherAdds(3);
        assertThat(idOfCounters()).isNotEqualTo(first).isNotEqualTo(second);
        Files.write(counters, new byte[100]);
        otherAdds(4);
        assertThat(Files.size(counters)).isEqualTo(old.length);
    }

    private String idOfCounters() throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(counters), 8, 24);
    }

    @Test
    void subscriptionDeliversCommitsOfOtherProcessesAndOfTheirNewStores() throws Exception {
        BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
        try (RowKeep keep = open();
                Subscription feed = keep.log()
                        .subscribe(
                                keep.log().start(),
                                LogFilter.everything(),
                                commit ->
                                        delivered.add(commit.header().position().sequence() + " "
                                                + commit.changes().get(0).store()))) {
            otherAdds(1);
            assertThat(delivered.poll(30, TimeUnit.SECONDS)).isEqualTo("1 records");
            OtherKeep.add(keep.store(RECORDS), RECORDS);
            assertThat(OtherKeep.run(file, OtherKeep.Deed.ADD_MORE)).isEqualTo("DONE 1");
            assertThat(delivered.poll(30, TimeUnit.SECONDS)).isEqualTo("2 records");
            assertThat(delivered.poll(30, TimeUnit.SECONDS)).isEqualTo("3 more");
            assertThat(feed.failure()).isEmpty();
            assertThat(keep.store(OtherKeep.MORE).get("a")).isPresent();
            assertThat(keep.log().verify().problem()).isEmpty();
        }
    }

    @Test
    void leaseThatAnotherProcessTookOverIsLostAlthoughTheCacheHoldsIt() throws Exception {
        try (RowKeep keep = open()) {
            OtherKeep.add(keep.store(RECORDS), RECORDS);
            Session session = keep.session(Author.job("one"));
            LeaseResult result = session.leases().acquire("adding", Duration.ofHours(1));
            RecordStore<String, Row> fenced =
                    keep.store(RECORDS).as(session.fencedBy(((LeaseResult.Acquired) result).lease()));
            assertThat(OtherKeep.add(fenced, RECORDS)).isEqualTo(2);
            assertThat(OtherKeep.run(file, OtherKeep.Deed.TAKE_OVER)).isEqualTo("DONE 2");
            assertThatExceptionOfType(LeaseLostException.class)
                    .isThrownBy(() -> OtherKeep.add(fenced, RECORDS))
                    .withMessageContaining("token 2 was given to other");
        }
    }

    @Test
    void whoLacksAColumnThatAnotherProcessAddedReadsButDoesNotWrite() throws Exception {
        try (RowKeep keep = open()) {
            RecordStore<String, Row> store = keep.store(RECORDS);
            OtherKeep.add(store, RECORDS);
            assertThat(OtherKeep.run(file, OtherKeep.Deed.WIDEN)).isEqualTo("DONE 2");
            assertThat(store.get("a").orElseThrow().version()).isEqualTo(2);
            assertThatThrownBy(() -> OtherKeep.add(store, RECORDS))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("records")
                    .hasMessageContaining("note");
            OtherKeep.add(keep.store(OtherKeep.MORE), OtherKeep.MORE);
            assertThat(store.get("a").orElseThrow().version()).isEqualTo(2);
            assertThat(keep.log().verify().problem()).isEmpty();
        }
        try (RowKeep keep = open()) {
            assertThat(keep.store(OtherKeep.WIDER)
                            .get("a")
                            .orElseThrow()
                            .value()
                            .get(OtherKeep.NOTE))
                    .isEqualTo("n");
        }
    }

    @Test
    void layoutsInstalledMeanwhileAreReadBeforeAnyIsInstalled() throws Exception {
        try (Storage storage = SqliteStorage.at(file).open(Access.READ_WRITE)) {
            storage.layouts();
            otherAdds(1);
            assertThatThrownBy(() -> storage.install(TestLayouts.PRODUCTS))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.STALE));
            assertThat(storage.layouts()).extracting(layout -> layout.name()).containsExactly("records");
        }
    }

    @Test
    void busyDatabaseFailsWithinItsTimeAndSaysSo() throws Exception {
        try (Storage storage = SqliteStorage.at(file)
                        .busyTimeout(java.time.Duration.ofMillis(50))
                        .open(Access.READ_WRITE);
                var raw = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = raw.createStatement()) {
            storage.install(TestLayouts.PRODUCTS);
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> TestPlans.put(storage, TestLayouts.PRODUCTS, "A", "n", 1L))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.BUSY));
            statement.execute("ROLLBACK");
            TestPlans.put(storage, TestLayouts.PRODUCTS, "A", "n", 1L);
        }
    }
}
