package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written comes back equal, from here and from any other SQLite program. */
class SqliteValuesTest {
    private static final StoreLayout ALL_KINDS = TestLayouts.layout(
                    1,
                    "every_kind",
                    Column.text("id"),
                    Column.text("t"),
                    Column.integer("i"),
                    Column.decimal("d", 18, 4),
                    Column.decimal("whole", 9, 0),
                    Column.real("r"),
                    Column.bool("b"),
                    Column.date("day"),
                    Column.timestamp("moment"),
                    Column.uuid("u"),
                    Column.of("e", ColumnType.enumeration(List.of("LOW", "HIGH"))),
                    Column.bytes("raw"),
                    Column.textSet("tags"),
                    Column.json("doc"))
            .done();

    @TempDir
    Path directory;

    private static SortedSet<String> set(String... texts) {
        SortedSet<String> set = new TreeSet<>(ColumnType.TEXT::compare);
        set.addAll(Arrays.asList(texts));
        return Collections.unmodifiableSortedSet(set);
    }

    private static Object[] cells(int variant) {
        return switch (variant) {
            case 0 -> new Object[13];
            case 1 ->
                new Object[] {
                    "",
                    0L,
                    new BigDecimal("0.0000"),
                    new BigDecimal("0"),
                    0.0,
                    false,
                    LocalDate.of(0, 1, 1),
                    Instant.parse("0000-01-01T00:00:00Z"),
                    new UUID(0, 0),
                    "LOW",
                    Bytes.of(),
                    set(),
                    Json.parse("null")
                };
            case 2 ->
                new Object[] {
                    "ü😀\uE000 \" ' \n \\ %_",
                    Long.MIN_VALUE,
                    new BigDecimal("-99999999999999.9999"),
                    new BigDecimal("-999999999"),
                    -Double.MAX_VALUE,
                    true,
                    LocalDate.of(9999, 12, 31),
                    Instant.parse("9999-12-31T23:59:59.999999Z"),
                    new UUID(-1, -1),
                    "HIGH",
                    Bytes.of(new byte[] {0, -1, 127, -128}),
                    set("", "\"", "\\", ",", "\u0001", "😀", "\uE000", "a\"],[\"b"),
                    Json.parse("{\"a\":[1,\"x\"]}")
                };
            default ->
                new Object[] {
                    "x".repeat(100_000),
                    Long.MAX_VALUE,
                    new BigDecimal("99999999999999.9999"),
                    new BigDecimal("999999999"),
                    Double.MIN_VALUE,
                    true,
                    LocalDate.of(1969, 12, 31),
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    UUID.fromString("00000000-0000-4000-8000-000000000001"),
                    "LOW",
                    Bytes.of(new byte[70_000]),
                    set("a", "b"),
                    Json.parse("[]")
                };
        };
    }

    @Test
    void everyKindComesBackEqualAtItsExtremes() {
        try (Storage storage = SqliteStorage.at(directory.resolve("a.db")).open(Access.READ_WRITE)) {
            storage.install(ALL_KINDS);
            List<Object> keys = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TestPlans.put(storage, ALL_KINDS, "k" + i, cells(i));
                keys.add("k" + i);
            }
            TestPlans.put(storage, ALL_KINDS, "k0", cells(2)); // from missing to there, and back
            TestPlans.put(storage, ALL_KINDS, "k0", cells(0));
            for (int i = 0; i < 4; i++) {
                assertThat(storage.read(ALL_KINDS, "k" + i).cells()).containsExactly(cells(i));
            }
            assertThat(storage.readAll(ALL_KINDS, keys))
                    .hasSize(4)
                    .allSatisfy(image -> assertThat(image.cells())
                            .containsExactly(cells(
                                    Integer.parseInt(image.key().toString().substring(1)))));
        }
    }

    @Test
    void keysOfEveryKindComeBackEqual() {
        try (Storage storage = SqliteStorage.at(directory.resolve("a.db")).open(Access.READ_WRITE)) {
            StoreLayout numbers = TestLayouts.layout(2, "numbers", Column.integer("id"), Column.text("t"))
                    .done();
            StoreLayout uuids = TestLayouts.layout(3, "uuids", Column.uuid("id"), Column.text("t"))
                    .done();
            storage.install(numbers);
            storage.install(uuids);
            UUID uuid = UUID.randomUUID();
            for (Object key : List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)) {
                TestPlans.put(storage, numbers, key, "x");
                assertThat(storage.read(numbers, key).key()).isEqualTo(key);
            }
            TestPlans.put(storage, uuids, uuid, "x");
            TestPlans.delete(storage, uuids, uuid);
            assertThat(storage.readAll(uuids, List.of(uuid)).get(0).key()).isEqualTo(uuid);
            assertThat(storage.commitAt(5).orElseThrow().changes().get(0).key()).isEqualTo(uuid);
        }
    }

    @Test
    void whoTouchedTheRecordLastAsAUserOutlivesTheJobsAfterIt() {
        try (Storage storage = SqliteStorage.at(directory.resolve("a.db")).open(Access.READ_WRITE)) {
            StoreLayout layout = TestLayouts.PRODUCTS;
            storage.install(layout);
            Author job = Author.job("nightly");
            List<Author> authors = List.of(job, TestPlans.ANA, job, job, Author.user("bob"), Author.system("rowkeep"));
            long stock = 0;
            Image expected = null;
            for (Author author : authors) {
                TestPlans.Wanted wanted =
                        TestPlans.Wanted.put(layout, "A", "n", stock++).by(author);
                long sequence = storage.head().sequence() + 1;
                expected = TestPlans.after(wanted, expected, sequence << 20, TestPlans.START_MICROS + sequence);
                storage.commit(TestPlans.oneCommit(List.of(wanted)));
                assertThat(TestPlans.parts(storage.read(layout, "A"))).isEqualTo(TestPlans.parts(expected));
            }
            assertThat(expected.userAuthor()).isEqualTo("bob");
        }
    }

    @Test
    void anySqliteProgramReadsTheColumnsByTheirNames() throws Exception {
        Path file = directory.resolve("a.db");
        try (Storage storage = SqliteStorage.at(file).open(Access.READ_WRITE)) {
            storage.install(ALL_KINDS);
            Object[] cells = cells(1);
            cells[2] = new BigDecimal("12.3400");
            cells[7] = Instant.parse("2024-05-06T07:08:09.5Z");
            cells[11] = set("b", "a");
            TestPlans.put(storage, ALL_KINDS, "k", cells);
            try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = raw.createStatement();
                    ResultSet row = statement.executeQuery("SELECT id, d, whole, day, moment, u, e, tags, b, _version,"
                            + " _position, _by, _origin, _at FROM every_kind WHERE d BETWEEN 12.33 AND 12.35")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("id")).isEqualTo("k");
                assertThat(row.getDouble("d")).isEqualTo(12.34);
                assertThat(row.getInt("whole")).isZero();
                assertThat(row.getString("day")).isEqualTo("0000-01-01");
                assertThat(row.getString("moment")).isEqualTo("2024-05-06T07:08:09.500000Z");
                assertThat(row.getString("u")).isEqualTo("00000000-0000-0000-0000-000000000000");
                assertThat(row.getString("e")).isEqualTo("LOW");
                assertThat(row.getString("tags")).isEqualTo("[\"a\",\"b\"]");
                assertThat(row.getInt("b")).isZero();
                assertThat(row.getLong("_version")).isEqualTo(1);
                assertThat(row.getLong("_position")).isEqualTo(1);
                assertThat(row.getString("_by")).isEqualTo("ana");
                assertThat(row.getLong("_at")).isEqualTo(TestPlans.START_MICROS + 1);
            }
        }
    }
}
