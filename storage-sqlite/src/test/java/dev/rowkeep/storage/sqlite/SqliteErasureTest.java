package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether SQLite's files are free of what was erased, wherever it was in them. */
final class SqliteErasureTest {
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());

    private static final Column<String> ID = Column.text("id");
    private static final Column<String> EMAIL = Column.text("email").personal().unique();
    private static final Column<String> NOTE = Column.text("note").personal();
    private static final Column<Bytes> PHOTO = Column.bytes("photo").personal();
    private static final Column<Long> VISITS = Column.integer("visits");
    private static final Schema<String, Row> PEOPLE = Schema.dynamic("people", ID, EMAIL, NOTE, PHOTO, VISITS);

    /** In every value of those who are erased, and of nobody else. */
    private static final String SECRET = "Zebulon";

    private static final String PLAIN = "Abigail";

    private static final int PERSONS = 40;
    private static final int EDITS = 400;
    private static final int LONGEST = 9_000;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private long values;

    private SqliteStorage storage() {
        return SqliteStorage.at(folder.resolve("store.db")).busyTimeout(Duration.ofMillis(200));
    }

    /** Every fourth is erased. */
    private static boolean isErased(int person) {
        return person % 4 == 0;
    }

    private static Subject erased() {
        Subject all = Subject.of(PEOPLE, "p0");
        for (int person = 1; person < PERSONS; person++) {
            all = isErased(person) ? all.and(PEOPLE, "p" + person) : all;
        }
        return all;
    }

    /** Most are short; some fill pages of their own. */
    private String value(int person, int longest) {
        String word = (isErased(person) ? SECRET : PLAIN) + values++ + ";";
        int length = random.nextInt(8) == 0 ? random.nextInt(longest) : random.nextInt(60);
        return word.repeat(1 + length / word.length());
    }

    /** Inserts, updates and deletes of all, so that each of them was there at least once. */
    private void live(RecordStore<String, Row> people) {
        for (int i = 0; i < EDITS; i++) {
            int person = i < PERSONS ? i : random.nextInt(PERSONS);
            String key = "p" + person;
            if (!people.exists(key)) {
                people.insert(Row.of(PEOPLE, key)
                        .with(EMAIL, value(person, 900))
                        .with(NOTE, value(person, LONGEST))
                        .with(VISITS, 0L));
            } else if (random.nextInt(10) == 0) {
                people.delete(key);
            } else {
                people.update(key, row -> changed(row.with(VISITS, row.require(VISITS) + 1), person));
            }
        }
    }

    private Row changed(Row row, int person) {
        return switch (random.nextInt(4)) {
            case 0 -> row.with(EMAIL, value(person, 900));
            case 1 -> row.with(NOTE, value(person, LONGEST));
            case 2 -> row.with(PHOTO, Bytes.of(value(person, LONGEST).getBytes(StandardCharsets.UTF_8)));
            default -> row;
        };
    }

    private List<String> holding(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(OpenFiles.bytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return found;
    }

    @Test
    void noFileHoldsAByteOfThemWhereverTheyWere() throws IOException {
        for (int life = 0; life < 3; life++) {
            try (RowKeep keep = RowKeep.open(storage())) {
                RecordStore<String, Row> people = keep.store(PEOPLE);
                live(people);
                if (life == 2) {
                    assertThat(holding(SECRET)).contains("store.db", "store.db-wal");
                    keep.session(Author.user("officer")).erase(erased());
                    assertThat(holding(SECRET)).as("open, seed %d", SEED).isEmpty();
                    assertThat(holding(PLAIN)).contains("store.db");
                    assertThat(keep.log().verify().problem()).isEmpty();
                }
            }
        }
        assertThat(holding(SECRET)).as("closed, seed %d", SEED).isEmpty();
        try (RowKeep keep = RowKeep.open(storage())) {
            RecordStore<String, Row> people = keep.store(PEOPLE);
            assertThat(keep.log().verify().problem()).isEmpty();
            for (int person = 0; person < PERSONS; person++) {
                boolean isErased = isErased(person);
                assertThat(people.history("p" + person, Integer.MAX_VALUE).stream()
                                .flatMap(version -> version.change().cells().stream())
                                .filter(cell -> !cell.column().equals(VISITS.name())))
                        .isNotEmpty()
                        .allMatch(cell -> isErased == (cell.after() == Erased.ERASED));
            }
            live(people);
            assertThat(holding(SECRET)).isNotEmpty();
        }
    }

    @Test
    void aReadThatBeganBeforeIsWaitedForAndTheErasureGoesOnAfterIt() throws Exception {
        try (RowKeep keep = RowKeep.open(storage())) {
            RecordStore<String, Row> people = keep.store(PEOPLE);
            people.insert(Row.of(PEOPLE, "p0").with(NOTE, SECRET));
            try (Connection other = reading()) {
                assertThatExceptionOfType(StorageException.class)
                        .isThrownBy(() -> keep.session(Author.user("officer")).erase(erasedOne()))
                        .withMessageContaining("Close views, scans and backups")
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.BUSY));
                assertThat(noteOf(other)).isEqualTo(SECRET);
                assertThat(people.history("p0", 9).stream().flatMap(version -> version.change().cells().stream()))
                        .extracting(CellChange::after)
                        .doesNotContain(SECRET);
                assertThat(holding(SECRET)).isNotEmpty();
                people.update("p0", row -> row.with(VISITS, 1L));
            }
            keep.session(Author.user("officer")).erase(Subject.where(PEOPLE, Condition.eq(VISITS, -1L)));
            assertThat(holding(SECRET)).isEmpty();
            assertThat(people.get("p0").orElseThrow().value().get(VISITS)).isEqualTo(1L);
        }
    }

    @Test
    void whatAReadHeldBackIsErasedWhenTheStorageIsOpened() throws Exception {
        try (Connection other = reading(withOne())) {
            try (RowKeep keep = RowKeep.open(storage())) {
                keep.store(PEOPLE);
                assertThatExceptionOfType(StorageException.class)
                        .isThrownBy(() -> keep.session(Author.user("officer")).erase(erasedOne()));
            }
            assertThat(noteOf(other)).isEqualTo(SECRET);
            assertThat(holding(SECRET)).isNotEmpty();
        }
        RowKeep.open(storage()).close();
        assertThat(holding(SECRET)).isEmpty();
    }

    private static Subject erasedOne() {
        return Subject.of(PEOPLE, "p0");
    }

    private Path withOne() {
        try (RowKeep keep = RowKeep.open(storage())) {
            keep.store(PEOPLE).insert(Row.of(PEOPLE, "p0").with(NOTE, SECRET));
        }
        return folder.resolve("store.db");
    }

    /** A program of another kind in the middle of a read. */
    private Connection reading() throws SQLException {
        return reading(folder.resolve("store.db"));
    }

    private static Connection reading(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        noteOf(connection);
        return connection;
    }

    private static String noteOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT note FROM people")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
