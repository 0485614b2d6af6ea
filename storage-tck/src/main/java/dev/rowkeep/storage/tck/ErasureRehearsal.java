package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.log.Verification;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import dev.rowkeep.store.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** What the scenarios of erasing share: two people, one of whom is erased, and a look into every file. */
abstract class ErasureRehearsal extends ReplicaRehearsal {
    static final Column<String> PERSON = Column.text("person");
    static final Column<String> FULL_NAME = Column.text("full_name").personal();
    static final Column<String> EMAIL = Column.text("email").personal().unique();
    static final Column<String> CITY = Column.text("city");
    static final Column<Long> VISITS = Column.integer("visits");
    static final Schema<String, Row> PEOPLE = Schema.dynamic("people", PERSON, FULL_NAME, EMAIL, CITY, VISITS);

    static final Column<Long> ORDER = Column.integer("number");
    static final Column<String> BUYER = Column.text("buyer");
    static final Column<String> ADDRESS = Column.text("address").personal();
    static final Schema<Long, Row> ORDERS = Schema.dynamic("orders", ORDER, BUYER, ADDRESS);

    /** In every personal value of the one who is erased, and nowhere else. */
    static final String SECRET = "Zebulon";

    RecordStore<String, Row> people;
    RecordStore<Long, Row> orders;

    @SuppressWarnings("NullAway.Init")
    ErasureRehearsal() {}

    @BeforeEach
    final void meet() {
        people = keep.store(PEOPLE);
        orders = keep.store(ORDERS);
    }

    /** What is in a file, of a storage that is open at the time. To override where this process must not open such a file. */
    protected byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    Session officer() {
        return keep.session(Author.user("officer"));
    }

    static Row person(String id, String name) {
        return Row.of(PEOPLE, id)
                .with(FULL_NAME, name)
                .with(EMAIL, name + "@example.org")
                .with(CITY, "Basel")
                .with(VISITS, 0L);
    }

    /** 40 versions of p1, some of which change what is personal; another person; orders of both. */
    void live() {
        people.insert(person("p1", SECRET));
        people.insert(person("p2", "Ida"));
        orders.insert(Row.of(ORDERS, 1L).with(BUYER, "p1").with(ADDRESS, SECRET + " street"));
        orders.insert(Row.of(ORDERS, 2L).with(BUYER, "p2").with(ADDRESS, "Ida street"));
        for (long i = 1; i < 40; i++) {
            long visits = i;
            people.update(
                    "p1",
                    row -> visits % 5 == 0
                            ? row.with(VISITS, visits).with(FULL_NAME, SECRET + " the " + visits + "th")
                            : row.with(VISITS, visits));
        }
    }

    ErasureResult eraseAll() {
        return officer()
                .because("request 17")
                .erase(Subject.of(PEOPLE, "p1").andWhere(ORDERS, Condition.eq(BUYER, "p1")));
    }

    void reopenAll() {
        keep.close();
        keep = RowKeep.open(storage, options());
        meet();
    }

    static List<CellChange> personalCells(List<RecordVersion> history) {
        return history.stream()
                .flatMap(version -> version.change().cells().stream())
                .filter(cell ->
                        cell.column().equals("full_name") || cell.column().equals("email"))
                .toList();
    }

    Position at(long sequence) {
        Position start = keep.log().start();
        return new Position(start.incarnation(), start.partition(), start.epoch(), sequence);
    }

    static void assertVerified(RowKeep one) {
        Verification verification = one.log().verify();
        assertThat(verification.problem()).isEmpty();
    }

    /** The files below the test's directory that hold {@code text}. Where a storage has no files, there are none. */
    List<Path> holding(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(bytes(file), StandardCharsets.ISO_8859_1);
                if (content.contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
