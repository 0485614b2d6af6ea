package dev.rowkeep.storage.duckdb;

import static dev.rowkeep.storage.duckdb.ErasableStore.LAYOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.SqlQuery;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StorageSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasing while others read, while commits wait to be brought into the database, and when it fails. */
final class ErasureAndReadersTest {
    private final Traces traces = new Traces(23);

    @TempDir
    private Path directory;

    private Storage storage;

    @BeforeEach
    void open() {
        storage = DuckdbStorage.at(directory.resolve("store.duckdb")).open(Access.READ_WRITE);
        if (storage.layouts().isEmpty()) {
            storage.install(LAYOUT);
        }
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void reopen() {
        storage.close();
        open();
    }

    private void requireErased(String... names) throws IOException {
        assertThat(Traces.in(directory, List.of(names))).isEmpty();
        assertThat(storage.commitsAfter(0, 100).stream()
                        .flatMap(commit -> commit.changes().stream())
                        .filter(change -> change.key().equals("gone")))
                .isNotEmpty()
                .allMatch(ErasableStore::isSealed);
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void whatWaitsToBeBroughtInIsErasedToo() throws Exception {
        String early = traces.value();
        String late = traces.value();
        ErasableStore.write(storage, "gone", early, late);
        ErasableStore.write(storage, "there", "Ida");

        ErasableStore.erase(storage, "gone");

        requireErased(early, late);
        assertThat(storage.versions(LAYOUT, "gone", 3, 1))
                .extracting(version -> version.change().version())
                .containsExactly(3L, 2L, 1L);
        assertThat(storage.versions(LAYOUT, "there", 1, 1))
                .noneMatch(version -> ErasableStore.isSealed(version.change()));
        assertThat(cells(storage.read(LAYOUT, "there"))).containsExactly("Ida", "Basel");
        storage.close();
        assertThat(Traces.in(directory, List.of(early, late))).isEmpty();
        open();
        requireErased(early, late);
    }

    private static Object[] cells(Image image) {
        return image.cells();
    }

    @Test
    void readersOfTheOldDatabaseComeToTheirEndAndOthersReadTheNewOne() throws Exception {
        String name = traces.value();
        ErasableStore.write(storage, "gone", name);
        ErasableStore.write(storage, "there", "Ida");
        try (StorageSnapshot snapshot = storage.snapshot();
                ImageScan scan = storage.scan(LAYOUT, all())) {
            Image first = scan.next();

            ErasableStore.erase(storage, "gone");

            requireErased(name);
            List<String> read = new ArrayList<>(List.of((String) first.key()));
            for (Image image = scan.next(); image != null; image = scan.next()) {
                read.add((String) image.key());
            }
            assertThat(read).containsExactlyInAnyOrder("gone", "there");
            assertThat(cells(snapshot.read(LAYOUT, "gone"))).containsExactly(name, "Basel");
            assertThat(cells(storage.read(LAYOUT, "gone"))).containsExactly(null, "Basel");

            String second = traces.value();
            ErasableStore.write(storage, "gone", second);
            try (StorageSnapshot later = storage.snapshot()) {
                ErasableStore.erase(storage, "gone");
                assertThat(cells(later.read(LAYOUT, "gone"))).containsExactly(second, "Basel");
                requireErased(name, second);
            }
            assertThat(snapshot.count(LAYOUT, Condition.everything())).isEqualTo(2);
            requireErased(name);
        }
        ErasableStore.write(storage, "there", "Ida Meier");
        reopen();
        requireErased(name);
        assertThat(cells(storage.read(LAYOUT, "there"))).containsExactly("Ida Meier", "Basel");
    }

    private static QuerySpec all() {
        BitSet columns = new BitSet();
        columns.set(0, LAYOUT.columns().size());
        return new QuerySpec(
                Condition.everything(),
                List.of(Order.ascending(Column.text("person"))),
                Optional.empty(),
                100,
                columns);
    }

    @Test
    void whatDuckdbPutOnTheDiskForAQueryGoes() throws Exception {
        String name = traces.value();
        ErasableStore.write(storage, "gone", name);
        Path spilled = Files.createDirectory(directory.resolve("store.duckdb.tmp"));
        Files.writeString(spilled.resolve("duckdb_temp_storage_DEFAULT-0.tmp"), name);

        ErasableStore.erase(storage, "gone");

        requireErased(name);
    }

    @Test
    void aLogThatBeganInItsMiddleIsErasedFromItsBeginning() throws Exception {
        String begun = traces.value();
        String later = traces.value();
        Head start = new Head(41, 41, new byte[32]);
        storage.begin(start, sink -> {
            sink.accept(LAYOUT, ErasableStore.image("gone", 3, ChangeId.of(40, 0), begun));
            sink.accept(LAYOUT, ErasableStore.image("there", 1, ChangeId.of(41, 0), "Ida"));
        });
        ErasableStore.write(storage, "gone", later);

        ErasableStore.erase(storage, "gone");

        requireErased(begun, later);
        assertThat(storage.start().sequence()).isEqualTo(41);
        assertThat(asOf(41)).containsExactly("gone null", "there Ida");
        reopen();
        requireErased(begun, later);
        assertThat(asOf(41)).containsExactly("gone null", "there Ida");
        assertThat(storage.head().sequence()).isEqualTo(43);
    }

    private List<String> asOf(long sequence) {
        SqlQuery query = new SqlQuery(
                "SELECT person || ' ' || coalesce(name, 'null') AS said FROM rowkeep_as_of_people(" + sequence
                        + ") ORDER BY person",
                List.of(),
                Duration.ofMinutes(1),
                100);
        return storage.sqlSource().orElseThrow().select(query).stream()
                .map(row -> row.require("said", String.class))
                .toList();
    }

    /** The new database cannot take the place of the old one, whose log is gone already. */
    @Test
    void anErasureThatFailsLeavesAStorageThatGoesOnAndIsCompletedByTheNext() throws Exception {
        String name = traces.value();
        ErasableStore.write(storage, "gone", name);
        ErasableStore.write(storage, "gone", (String) null);
        Path obstacle = Files.createDirectories(directory.resolve("store.duckdb.new-9.wal/inner/most"))
                .getParent();

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ErasableStore.erasePast(storage, "gone"));
        Files.delete(obstacle.resolve("most"));

        ErasableStore.write(storage, "there", "Ida");
        assertThat(storage.count(LAYOUT, Condition.everything())).isEqualTo(2);
        assertThat(storage.check()).isEmpty();
        ErasableStore.erasePast(storage, "gone");
        requireErased(name);
    }

    /** A database that is opened anew while one of before an erasure is still read from must not be taken for that. */
    @Test
    void aDatabaseThatIsOpenedAnewIsTheErasedOneThoughTheOldOneIsStillReadFrom() throws Exception {
        String name = traces.value();
        ErasableStore.write(storage, "gone", name);
        StorageSnapshot old = storage.snapshot();
        ErasableStore.erase(storage, "gone");
        Path obstacle = Files.createDirectories(directory.resolve("store.duckdb.new-9.wal/inner/most"))
                .getParent();
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ErasableStore.erasePast(storage, "gone"));
        Files.delete(obstacle.resolve("most"));

        requireErased(name);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> old.read(LAYOUT, "gone"));
        old.close();
        ErasableStore.erasePast(storage, "gone");
        requireErased(name);
    }

    /** Reads of the log that begin before an erasure and end after it. */
    @Test
    void noReaderMeetsWhatWasErasedBeforeWhatWasNot() throws Exception {
        for (int i = 0; i < 8; i++) {
            ErasableStore.write(storage, "gone", traces.value());
        }
        List<List<LoggedCommit>> reads = new ArrayList<>();
        Thread reader = new Thread(() -> {
            List<LoggedCommit> read = storage.commitsAfter(0, 100);
            reads.add(read);
            while (!ErasableStore.isSealed(read.get(0).changes().get(0))) {
                read = storage.commitsAfter(0, 100);
                reads.add(read);
            }
        });
        reader.start();
        ErasableStore.erase(storage, "gone");
        reader.join();
        for (List<LoggedCommit> read : reads) {
            List<Boolean> sealed = read.stream()
                    .map(commit -> ErasableStore.isSealed(commit.changes().get(0)))
                    .distinct()
                    .toList();
            assertThat(sealed).hasSize(1);
        }
    }
}
