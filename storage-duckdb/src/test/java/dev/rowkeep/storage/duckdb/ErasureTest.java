package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.storage.duckdb.journal.Journal;
import dev.rowkeep.storage.duckdb.journal.JournalException;
import dev.rowkeep.storage.duckdb.journal.JournalOptions;
import dev.rowkeep.storage.duckdb.journal.JournalReader;
import dev.rowkeep.storage.duckdb.journal.JournalRecord;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was erased is in no file of the storage, in no table and in no segment, and what was not is. */
final class ErasureTest {
    private static final Column<String> PERSON = Column.text("person");
    private static final Column<String> NAME = Column.text("name").personal();
    private static final Column<Long> VISITS = Column.integer("visits");
    private static final Schema<String, Row> PEOPLE = Schema.dynamic("people", PERSON, NAME, VISITS);

    /** More than a record has until the log holds an image of it. */
    private static final int VERSIONS = 20;

    private static final String AS_OF = "SELECT person, name, visits FROM rowkeep_as_of_people(?) ORDER BY person";

    private final Traces traces = new Traces(17);
    private final List<String> meant = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path database;
    private long last;

    /** Two people whose names change with every version, the one who is erased before and after the other. */
    @BeforeEach
    void fill() {
        database = directory.resolve("store.duckdb");
        try (RowKeep keep = open()) {
            RecordStore<String, Row> people = keep.store(PEOPLE);
            for (long visits = 0; visits < VERSIONS; visits++) {
                put(people, "gone", visits, meant);
                put(people, "there", visits, kept);
            }
            put(people, "gone", VERSIONS, meant);
            last = keep.log().head().sequence();
        }
    }

    private void put(RecordStore<String, Row> people, String key, long visits, List<String> names) {
        String name = traces.value();
        names.add(name);
        if (visits == 0) {
            people.insert(Row.of(PEOPLE, key).with(NAME, name).with(VISITS, visits));
        } else {
            people.update(key, row -> row.with(NAME, name).with(VISITS, visits));
        }
    }

    private RowKeep open() {
        return RowKeep.open(DuckdbStorage.at(database));
    }

    private static void erase(RowKeep keep) {
        keep.session(Author.user("officer")).erase(Subject.of(PEOPLE, "gone"));
    }

    private static void requireVerified(RowKeep keep) {
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void noFileHoldsAByteOfIt() throws Exception {
        Files.copy(database, directory.resolve("store.duckdb.aside-1"));
        Files.writeString(directory.resolve("store.duckdb.aside-2.wal"), meant.get(0));
        Files.createDirectory(directory.resolve("store.duckdb.journal.tmp"));
        Files.writeString(directory.resolve("store.duckdb.journal.tmp/00000000000000000001.rkj"), meant.get(0));
        Files.writeString(directory.resolve("store.duckdb.newer"), "of somebody else");
        assertThat(Traces.in(directory, meant))
                .containsExactly(
                        "store.duckdb",
                        "store.duckdb.aside-1",
                        "store.duckdb.aside-2.wal",
                        "store.duckdb.journal.tmp/00000000000000000001.rkj",
                        "store.duckdb.journal/00000000000000000001.rkj");

        try (RowKeep keep = open()) {
            erase(keep);
            assertThat(Traces.in(directory, meant)).isEmpty();
            requireVerified(keep);
        }
        assertThat(Traces.in(directory, meant)).isEmpty();
        assertThat(Traces.in(directory, kept))
                .containsExactly("store.duckdb", "store.duckdb.journal/00000000000000000001.rkj");
        assertThat(directory.resolve("store.duckdb.newer")).exists();
        assertThat(names(directory)).doesNotContain("store.duckdb.aside-1", "store.duckdb.aside-2.wal");
        try (RowKeep keep = open()) {
            requireVerified(keep);
            assertThat(keep.store(PEOPLE).query().count()).isEqualTo(2);
        }
        assertThat(names(directory))
                .containsExactly("store.duckdb", "store.duckdb.journal", "store.duckdb.lock", "store.duckdb.newer");
    }

    @Test
    void everySegmentThatHoldsItIsWrittenAnew() throws Exception {
        Path journal = directory.resolve("store.duckdb.journal");
        inSmallSegments(journal, directory.resolve("small"));
        List<String> segments = names(journal);
        assertThat(segments).hasSizeGreaterThan(5);
        assertThat(Traces.in(journal, meant)).hasSize(segments.size());

        try (RowKeep keep = open()) {
            erase(keep);
            assertThat(Traces.in(directory, meant)).isEmpty();
            requireVerified(keep);
            keep.store(PEOPLE).update("there", row -> row.with(VISITS, -1L));
        }
        assertThat(names(journal)).isEqualTo(segments);
        try (RowKeep keep = open()) {
            requireVerified(keep);
            assertThat(keep.store(PEOPLE).get("there").orElseThrow().value().get(VISITS))
                    .isEqualTo(-1);
        }
    }

    private static void inSmallSegments(Path directory, Path other) throws IOException {
        try (Journal journal = Journal.open(directory, JournalOptions.defaults());
                Journal small =
                        Journal.create(other, journal.identity(), journal.start(), new JournalOptions(2_000, 0));
                JournalReader reader = journal.read(0)) {
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
                small.append(record);
            }
        } catch (JournalException e) {
            throw new AssertionError(e);
        }
        try (Stream<Path> segments = Files.list(directory)) {
            for (Path segment : segments.toList()) {
                Files.delete(segment);
            }
        }
        Files.delete(directory);
        Files.move(other, directory);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theHistoryAndTheStoreAsOfACommitHaveEverythingElse() {
        try (RowKeep keep = open()) {
            List<SqlRow> before = history(keep);
            erase(keep);

            List<SqlRow> after = history(keep);
            assertThat(after).hasSize(2 * VERSIONS + 2);
            for (int i = 0; i < before.size(); i++) {
                SqlRow row = before.get(i);
                boolean isGone = "gone".equals(row.get("person"));
                assertThat(after.get(i).get("name")).isEqualTo(isGone ? null : row.get("name"));
                assertThat(after.get(i).get("visits")).isEqualTo(row.get("visits"));
                assertThat(after.get(i).get("_change")).isEqualTo(row.get("_change"));
            }
            List<SqlRow> then = keep.sql().select(AS_OF, last - 2);
            assertThat(then.get(0).get("name")).isNull();
            assertThat(then.get(0).get("visits")).isEqualTo(VERSIONS - 1L);
            assertThat(then.get(1).get("name")).isEqualTo(kept.get(VERSIONS - 2));
            requireVerified(keep);
        }
    }

    private static List<SqlRow> history(RowKeep keep) {
        return keep.sql().select("SELECT person, name, visits, _change FROM rowkeep_history_people ORDER BY _change");
    }

    /** The journal keeps what the database has dropped. */
    @Test
    void whatWasDroppedIsErasedFromTheJournalToo() throws Exception {
        try (Storage storage = DuckdbStorage.at(database).open(Access.READ_WRITE)) {
            storage.dropThrough(last - 3);
        }
        assertThat(Traces.in(directory, meant.subList(0, 3))).contains("store.duckdb.journal/00000000000000000001.rkj");

        try (RowKeep keep = open()) {
            erase(keep);
            requireVerified(keep);
            assertThat(keep.log().start().sequence()).isEqualTo(last - 3);
        }
        assertThat(Traces.in(directory, meant)).isEmpty();
        Files.delete(database);
        try (RowKeep keep = open()) {
            requireVerified(keep);
            assertThat(keep.sql().select(AS_OF, last - 3))
                    .extracting(row -> row.get("name"))
                    .containsExactly(null, kept.get(VERSIONS - 2));
        }
    }

    /** A copy of the database as it was before, which a crash between the journal and the database leaves. */
    @Test
    void aDatabaseThatIsOlderThanItsJournalIsMadeAnewByTheNextErasure() throws Exception {
        Path older = Files.copy(database, directory.resolve("older"));
        try (RowKeep keep = open()) {
            erase(keep);
            keep.store(PEOPLE).update("gone", row -> row.with(NAME, traces.value()));
        }
        Files.move(older, database, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Traces.in(directory, meant)).containsExactly("store.duckdb");

        try (RowKeep keep = open()) {
            erase(keep);
            requireVerified(keep);
        }
        assertThat(Traces.in(directory, meant)).isEmpty();
    }

    /** DuckDB goes on to call the log of a database that was made anew as the file was called then. */
    @Test
    void aSecondErasureLeavesNothingInTheLogOfTheFirstOnesDatabase() throws Exception {
        try (RowKeep keep = open()) {
            erase(keep);
            String name = traces.value();
            keep.store(PEOPLE).update("gone", row -> row.with(NAME, name));
            keep.store(PEOPLE).query().count(); // Which brings it into the database.
            assertThat(Traces.in(directory, List.of(name)))
                    .containsExactly("store.duckdb.journal/00000000000000000001.rkj", "store.duckdb.new-1.wal");

            erase(keep);

            assertThat(Traces.in(directory, List.of(name))).isEmpty();
            requireVerified(keep);
        }
    }
}
