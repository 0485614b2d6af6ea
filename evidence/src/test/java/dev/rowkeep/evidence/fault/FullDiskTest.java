package dev.rowkeep.evidence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.spi.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is really full: a small file system in memory, which only root can make. */
final class FullDiskTest {
    private static final String NOTE = "x".repeat(3_000);
    private static final int MOST_WRITES = 10_000;
    private static final int DISK_MEGABYTES = 8;
    private static final int FILLER_MEGABYTES = 6;

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(directory.resolve("disk"), DISK_MEGABYTES);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskRefusesWritesAndNothingElseUntilThereIsSpaceAgain(Engine engine) throws Exception {
        int acknowledged;
        try (TestStore store = TestStore.open(engine, database(), ledger)) {
            acknowledged = fill(store);
            assertThat(acknowledged).isPositive();
            assertThat(store.readByKey()).isNull();
            query(engine, store);
            assertThat(ledger.problems()).isEmpty();

            Files.delete(filler());
            assertThat(store.put("left", "after", NOTE)).isTrue();
            assertThat(store.putBoth("both")).isTrue();
            Contents.checkAll(store, ledger);
        }
        try (TestStore store = TestStore.open(engine, database(), ledger)) {
            Contents.checkAll(store, ledger);
        }
        System.out.println(
                "Full disk under " + engine + ": " + acknowledged + " writes acknowledged, then " + ledger.failures());
        assertThat(ledger.problems()).isEmpty();
    }

    /** SQLite needs a little space for its index in shared memory, which is a file. */
    @Test
    void aClosedStoreOnAFullDiskIsOpenedAndRead() throws Exception {
        try (TestStore store = TestStore.open(Engine.DUCKDB, database(), ledger)) {
            assertThat(store.put("left", "k", NOTE)).isTrue();
            assertThat(store.putBoth("both")).isTrue();
        }
        disk.fillUp();
        try (TestStore store = TestStore.open(Engine.DUCKDB, database(), ledger)) {
            Contents.checkAll(store, ledger);
            goOn(store);
        }
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void aStoreThatHasFilledItsDiskIsOpenedAndRead() throws Exception {
        try (TestStore store = TestStore.open(Engine.SQLITE, database(), ledger)) {
            fill(store);
        }
        disk.fillUp();
        try (TestStore store = TestStore.open(Engine.SQLITE, database(), ledger)) {
            Contents.checkAll(store, ledger);
            goOn(store);
        }
        assertThat(ledger.problems()).isEmpty();
    }

    /** DuckDB needs space for what is in the journal only. Until there is some, nothing is made anew or set aside. */
    @Test
    void aStoreWithoutSpaceForItsJournalsCommitsIsOpenedWhenThereIsSome() throws Exception {
        try (TestStore store = TestStore.open(Engine.DUCKDB, database(), ledger)) {
            fill(store);
        }
        disk.fillUp();
        assertThatThrownBy(() -> TestStore.open(Engine.DUCKDB, database(), ledger))
                .isInstanceOf(StorageException.class);
        Files.delete(filler());
        try (TestStore store = TestStore.open(Engine.DUCKDB, database(), ledger)) {
            Contents.checkAll(store, ledger);
        }
        assertThat(disk.path().resolve(FaultTrial.DATABASE + ".aside-1")).doesNotExist();
        assertThat(ledger.problems()).isEmpty();
    }

    private void goOn(TestStore store) throws IOException {
        Files.delete(filler());
        assertThat(store.put("left", "after", NOTE)).isTrue();
        Contents.checkAll(store, ledger);
    }

    /** The counters take a megabyte; who has no space for them goes without. */
    @Test
    void aStoreWithoutSpaceForItsCountersIsMadeAndWorks() throws Exception {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            filler.write(new byte[(DISK_MEGABYTES << 20) - (1 << 19)]);
        }
        try (TestStore store = TestStore.open(Engine.SQLITE, database(), ledger)) {
            assertThat(disk.path().resolve(FaultTrial.DATABASE + ".counters")).doesNotExist();
            assertThat(store.put("left", "k", NOTE)).isTrue();
            Contents.checkAll(store, ledger);
        }
        Files.delete(filler());
        try (TestStore store = TestStore.open(Engine.SQLITE, database(), ledger)) {
            assertThat(disk.path().resolve(FaultTrial.DATABASE + ".counters")).exists();
            Contents.checkAll(store, ledger);
        }
        assertThat(ledger.problems()).isEmpty();
    }

    /** DuckDB may need space for what it is asked about. */
    private void query(Engine engine, TestStore store) {
        Throwable failure = store.readByQuery();
        if (engine == Engine.DUCKDB && failure != null) {
            ledger.judge("query", failure);
        } else {
            assertThat(failure).isNull();
        }
    }

    /** Takes most of the disk away and writes until it is full; how many writes were acknowledged. */
    private int fill(TestStore store) throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            filler.write(new byte[FILLER_MEGABYTES << 20]);
        }
        int acknowledged = 0;
        while (store.put("left", "k" + acknowledged, NOTE)) {
            assertThat(++acknowledged).isLessThan(MOST_WRITES);
        }
        for (int i = 0; i < 3; i++) {
            store.put("right", "full" + i, NOTE);
            store.putBoth("full" + i);
        }
        return acknowledged;
    }

    private Path database() {
        return disk.path().resolve(FaultTrial.DATABASE);
    }

    private Path filler() {
        return disk.filler();
    }
}
