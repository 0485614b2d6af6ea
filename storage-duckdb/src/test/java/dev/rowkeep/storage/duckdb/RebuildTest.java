package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal is the truth: whatever becomes of the database, it is made anew or brought up to it, and nothing acknowledged is lost. */
final class RebuildTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> NAME = Column.text("name").unique();
    private static final Column<Long> VALUE = Column.integer("value");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, NAME, VALUE);

    @TempDir
    private Path directory;

    private Path database;

    @BeforeEach
    void fill() {
        database = directory.resolve("store.duckdb");
        write(0, 50);
    }

    /** Inserts, updates, deletes and comes back, each in a commit of its own, in one opening of the store. */
    private void write(int from, int to) {
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            for (int i = from; i < to; i++) {
                items.insert(Row.of(ITEMS, "i" + i).with(NAME, "n" + i).with(VALUE, 0L));
                String other = "i" + i / 2;
                items.update(other, row -> row.with(VALUE, row.require(VALUE) + 1));
                if (i % 10 == 9) {
                    items.delete("i" + i);
                    items.insert(Row.of(ITEMS, "i" + i).with(NAME, "again" + i).with(VALUE, 7L));
                }
                if (i % 10 == 8) {
                    items.delete("i" + i);
                    items.insert(Row.of(ITEMS, "i" + i).with(NAME, "back" + i).with(VALUE, 8L));
                    items.as(keep.session(Author.user("ana")).forRequest("request " + i))
                            .apply(Edit.update(ITEMS, "i" + i).add(VALUE, 1L));
                }
            }
        }
    }

    private RowKeep open() {
        return RowKeep.open(DuckdbStorage.at(database));
    }

    /** Everything there is, told apart by version and value, and whether it verifies. */
    private TreeMap<String, String> contents() {
        TreeMap<String, String> contents = new TreeMap<>();
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            try (var all = items.query().stream()) {
                all.forEach(record -> contents.put(
                        record.key(),
                        record.version() + " " + record.value().get(NAME) + " "
                                + record.value().get(VALUE)));
            }
            contents.put("head", keep.log().anchor().toString());
            contents.put("problem", keep.log().verify().problem().toString());
        }
        return contents;
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(".aside-"))
                    .toList();
        }
    }

    @Test
    void databaseThatIsGoneIsMadeAnew() throws IOException {
        TreeMap<String, String> before = contents();
        assertThat(before).containsEntry("problem", "Optional.empty").hasSize(52);
        Files.delete(database);

        assertThat(contents()).isEqualTo(before);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void theListenerIsToldHowFarItIs() throws IOException {
        List<RebuildProgress> told = new ArrayList<>();
        DuckdbStorage storage = DuckdbStorage.at(database).onRebuild(told::add);
        RowKeep.open(storage).close();
        assertThat(told).isEmpty();
        Files.delete(database);

        RowKeep.open(storage).close();

        long all = told.get(0).all();
        assertThat(all).isGreaterThan(50);
        assertThat(told).containsExactly(new RebuildProgress(0, all), new RebuildProgress(all, all));
    }

    @Test
    void aListenerThatFailsEndsTheOpeningAndTheNextOneSucceeds() throws IOException {
        TreeMap<String, String> before = contents();
        Files.delete(database);
        DuckdbStorage storage = DuckdbStorage.at(database).onRebuild(progress -> {
            throw new IllegalStateException("stop");
        });
        assertThatThrownBy(() -> RowKeep.open(storage)).hasStackTraceContaining("stop");

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void databaseThatCannotBeOpenedIsSetAsideAndMadeAnew() throws IOException {
        TreeMap<String, String> before = contents();
        byte[] damage = "This is no database any more. ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        Files.write(database, damage, StandardOpenOption.WRITE);
        byte[] damaged = Files.readAllBytes(database);

        assertThat(contents()).isEqualTo(before);
        assertThat(setAside())
                .singleElement()
                .satisfies(aside -> assertThat(Files.readAllBytes(aside)).isEqualTo(damaged));
    }

    @Test
    void logWithoutItsDatabaseIsSetAsideAndTheDatabaseIsMadeAnew() throws IOException {
        Path log = directory.resolve("store.duckdb.wal");
        byte[] left;
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            items.insert(Row.of(ITEMS, "last").with(NAME, "last").with(VALUE, 0L));
            assertThat(items.query().count()).isEqualTo(51);
            left = Files.readAllBytes(log);
        }
        TreeMap<String, String> before = contents();
        Files.delete(database);
        Files.write(log, left);

        assertThat(contents()).isEqualTo(before);
        assertThat(setAside())
                .singleElement()
                .satisfies(aside -> assertThat(Files.readAllBytes(aside)).isEqualTo(left));
    }

    /** Some of these only fail when the records are read; whatever is damaged, what the journal holds is given. */
    @Test
    void databaseWithADamagedBlockIsMadeAnewOrFoundByVerifying() throws IOException {
        TreeMap<String, String> before = contents();
        byte[] whole = Files.readAllBytes(database);
        int replaced = 0;
        for (int at = 100; at < whole.length; at += 1 << 18) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(database, damaged);
            Map<String, String> found = contents();
            replaced += setAside().size();
            for (Path aside : setAside()) {
                Files.delete(aside);
            }
            if (!found.equals(before)) {
                assertThat(found.get("problem")).as("byte %d", at).isNotEqualTo("Optional.empty");
            }
        }
        assertThat(replaced).isPositive();
    }

    @Test
    void olderDatabaseIsBroughtUpToTheJournal() throws IOException {
        Path older = Files.copy(database, directory.resolve("older"));
        write(50, 90);
        TreeMap<String, String> before = contents();
        Files.delete(database);
        Files.move(older, database);

        assertThat(contents()).isEqualTo(before).hasSize(92);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void storeThatHasGrownAColumnInTheMiddleIsMadeAnew() throws IOException {
        Column<Long> size = Column.integer("size");
        Schema<String, Row> grown = Schema.dynamic("items", ID, NAME, size, VALUE);
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(grown);
            items.update("i1", row -> row.with(size, 99L));
            items.insert(Row.of(grown, "tall").with(NAME, "tall").with(size, 1L).with(VALUE, 2L));
            assertThat(items.where(Condition.eq(size, 99L)).count()).isOne();
        }
        Files.delete(database);

        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(grown);
            assertThat(items.where(Condition.eq(size, 99L)).count()).isOne();
            assertThat(items.get("tall").orElseThrow().value().get(VALUE)).isEqualTo(2);
            assertThat(keep.log().verify().problem()).isEmpty();
        }
        assertThat(setAside()).isEmpty();
    }

    @Test
    void databaseOfAnotherStoreIsSetAsideAndMadeAnew() throws IOException {
        TreeMap<String, String> before = contents();
        Path first = database;
        database = directory.resolve("other.duckdb");
        write(0, 3);
        Files.delete(first);
        Files.copy(database, first);
        database = first;

        assertThat(contents()).isEqualTo(before);
        assertThat(setAside()).hasSize(1);
    }

    @Test
    void databaseThatIsAheadOfItsJournalIsRefusedAndLeftAlone() throws IOException {
        TreeMap<String, byte[]> older = journal();
        write(50, 55);
        TreeMap<String, byte[]> newer = journal();
        TreeMap<String, String> before = contents();
        byte[] bytes = Files.readAllBytes(database);

        putJournal(older);
        requireLost("The journal ends with entry");
        assertThat(database).hasBinaryContent(bytes);
        putJournal(newer);
        assertThat(contents()).isEqualTo(before);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void journalThatHasGoneAnotherWayIsRefusedAndTheDatabaseLeftAlone() throws IOException {
        TreeMap<String, byte[]> older = journal();
        write(50, 51);
        byte[] bytes = Files.readAllBytes(database);
        Files.move(database, directory.resolve("kept"));
        putJournal(older);
        write(60, 63);
        Files.delete(database);
        Files.move(directory.resolve("kept"), database);

        requireLost("The journal has another entry of that number");
        assertThat(database).hasBinaryContent(bytes);
        assertThat(setAside()).isEmpty();
    }

    @Test
    void damageInTheLastEntryIsFoundByTheDatabaseThatHoldsIt() throws IOException {
        write(50, 51);
        String version = contents().get("i25");
        TreeMap<String, byte[]> damaged = journal();
        byte[] newest = damaged.lastEntry().getValue();
        newest[newest.length - 10] ^= 1;
        putJournal(damaged);

        requireLost("The journal ends with entry");
        Files.move(database, directory.resolve("moved away"));
        assertThat(contents())
                .containsKey("i50")
                .doesNotContainEntry("i25", version)
                .containsEntry("problem", "Optional.empty");
    }

    private void requireLost(String found) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(this::contents)
                .withMessageContaining("has lost it")
                .withMessageContaining(found)
                .withMessageContaining("move the database away")
                .returns(StorageException.Kind.PERMANENT, StorageException::kind);
    }

    private TreeMap<String, byte[]> journal() throws IOException {
        TreeMap<String, byte[]> segments = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("store.duckdb.journal"))) {
            for (Path each : files.toList()) {
                segments.put(each.getFileName().toString(), Files.readAllBytes(each));
            }
        }
        return segments;
    }

    private void putJournal(TreeMap<String, byte[]> segments) throws IOException {
        for (Map.Entry<String, byte[]> each : segments.entrySet()) {
            Files.write(directory.resolve("store.duckdb.journal").resolve(each.getKey()), each.getValue());
        }
    }

    @Test
    void databaseWithoutAJournalIsRefusedAndLeftAlone() throws IOException {
        Path lonely = Files.copy(database, directory.resolve("lonely.duckdb"));
        byte[] bytes = Files.readAllBytes(lonely);
        database = lonely;

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("journal")
                .hasMessageContaining("Put the two that belong together back");
        assertThat(Files.readAllBytes(lonely)).isEqualTo(bytes);
    }

    @Test
    void filesAreForTheirOwnerOnly() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void requestsAndUniqueValuesAreKnownAfterARebuild() throws IOException {
        Files.delete(database);
        try (RowKeep keep = open()) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            Row taken = Row.of(ITEMS, "new").with(NAME, "n1").with(VALUE, 0L);
            assertThatThrownBy(() -> items.insert(taken)).hasMessageContaining("name");
            long before = items.get("i8").orElseThrow().version();
            items.as(keep.session(Author.user("ana")).forRequest("request 8"))
                    .apply(Edit.update(ITEMS, "i8").add(VALUE, 1L));
            assertThat(items.get("i8").orElseThrow().version()).isEqualTo(before);
            assertThat(items.where(Condition.eq(NAME, "back8")).count()).isOne();
        }
    }
}
