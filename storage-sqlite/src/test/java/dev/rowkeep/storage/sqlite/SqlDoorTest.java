package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.error.ClosedException;
import dev.rowkeep.error.ReentrantCallException;
import dev.rowkeep.query.SqlLimitException;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL of applications: what it reads, and what it cannot do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SqlDoorTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> BODY = Column.text("body");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 10, 2);
    private static final Column<Instant> AT = Column.timestamp("at");
    private static final Column<LocalDate> DAY = Column.date("day");
    private static final Column<UUID> TAG = Column.uuid("tag");
    private static final Column<Bytes> RAW = Column.bytes("raw");
    private static final Column<Boolean> DONE = Column.bool("done");
    private static final String ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ";

    private final Schema<String, Row> notes = Schema.dynamic("notes", ID, BODY, PRICE, AT, DAY, TAG, RAW, DONE);

    @TempDir
    Path directory;

    private RowKeep keep;
    private RecordStore<String, Row> store;

    @BeforeEach
    void open() {
        keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")));
        store = keep.store(notes);
        store.insert(Row.of(notes, "n1").with(BODY, "one"));
    }

    @AfterEach
    void close() {
        keep.close();
    }

    @Test
    void aSelectReadsRecordsAndHistoryByParameters() {
        Row row = Row.of(notes, "n2")
                .with(BODY, "it's; -- two")
                .with(PRICE, new BigDecimal("19.99"))
                .with(AT, Instant.parse("2026-03-29T01:00:00.000001Z"))
                .with(DAY, LocalDate.parse("2026-03-29"))
                .with(TAG, new UUID(1, 2))
                .with(RAW, Bytes.of((byte) 1, (byte) 2))
                .with(DONE, true);
        store.insert(row);

        List<SqlRow> rows = keep.sql()
                .select(
                        "SELECT id, body AS text, price, raw, done, _version FROM notes WHERE body = ? AND price = ? AND at = ?"
                                + " AND day = ? AND tag = ? AND raw = ? AND done = ? AND ? IS NULL;",
                        "it's; -- two",
                        new BigDecimal("19.99"),
                        row.require(AT),
                        row.require(DAY),
                        row.require(TAG),
                        row.require(RAW),
                        true,
                        null);

        assertThat(rows).hasSize(1);
        SqlRow found = rows.get(0);
        assertThat(found.columns()).containsExactly("id", "text", "price", "raw", "done", "_version");
        assertThat(found.values()).containsExactly("n2", "it's; -- two", 19.99, Bytes.of((byte) 1, (byte) 2), 1L, 1L);
        assertThat(found.require("text", String.class)).isEqualTo("it's; -- two");
        assertThatIllegalStateException().isThrownBy(() -> found.require("text", Long.class));
        assertThatIllegalArgumentException().isThrownBy(() -> found.get("body"));
        assertThat(keep.sql().select("SELECT version FROM rowkeep_changes WHERE key = 'n2'"))
                .containsExactly(SqlRow.of(List.of("version"), List.of(1L)));
    }

    @Test
    void everyAcknowledgedWriteIsSeen() {
        SqlReader sql = keep.sql();
        for (long i = 1; i <= 50; i++) {
            String body = "edit " + i;
            store.update("n1", row -> row.with(BODY, body));
            assertThat(sql.select("SELECT body FROM notes").get(0).get("body")).isEqualTo(body);
        }
    }

    @Test
    void lookalikesOfHarmAreTaken() {
        List<String> harmless = List.of(
                "SELECT 'DELETE FROM notes; DROP TABLE notes'",
                "select 1;",
                " /* DELETE; */ SELECT 1 -- ; DELETE",
                "SELECT replace('a', 'b', 'c'), 'it''s', \"id\", [id], `id` FROM notes",
                "WITH a AS (SELECT 1 AS \"delete\"), b(x) AS (SELECT 2) SELECT * FROM a, b",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5) SELECT sum(i) FROM n",
                "SELECT count(*) FILTER (WHERE body GLOB 'o*') FROM notes GROUP BY id HAVING count(*) > 0",
                "SELECT json_extract('{\"a\":1}', '$.a'), x'00ff', .5, 1e-3, 0x1F, 1 << 2, -1",
                "SELECT * FROM json_each('[1,2]')",
                "SELECT body FROM notes UNION SELECT key FROM rowkeep_changes ORDER BY 1 NULLS LAST");
        for (String sql : harmless) {
            assertThat(keep.sql().select(sql)).as(sql).isNotEmpty();
        }
    }

    static Stream<String> hostile() {
        return Stream.of(
                "",
                " ",
                ";",
                "-- SELECT 1",
                "DELETE FROM notes",
                "INSERT INTO notes (id) VALUES ('x')",
                "REPLACE INTO notes (id) VALUES ('x')",
                "UPDATE notes SET body = 'x' RETURNING body",
                "CREATE TABLE stolen (a)",
                "CREATE TEMP TABLE stolen (a)",
                "CREATE VIRTUAL TABLE stolen USING fts5(a)",
                "DROP TABLE notes",
                "ALTER TABLE notes ADD COLUMN a",
                "VACUUM",
                "VACUUM INTO 'stolen.db'",
                "ATTACH 'stolen.db' AS stolen",
                "DETACH main",
                "PRAGMA query_only = OFF",
                "PRAGMA writable_schema = ON",
                "PRAGMA journal_mode = DELETE",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "BEGIN IMMEDIATE",
                "COMMIT",
                "SAVEPOINT a",
                "REINDEX",
                "ANALYZE",
                "EXPLAIN SELECT 1",
                "VALUES (1)",
                "(SELECT 1)",
                "backup to stolen.db",
                "restore from stolen.db",
                "SELECT 1; DELETE FROM notes",
                "SELECT 1;; DELETE FROM notes",
                "SELECT 1; -- \nDELETE FROM notes",
                "SELECT 1 /* ; */; /* */ ATTACH 'stolen.db' AS stolen",
                "SELECT ';'; SELECT 2",
                "WITH a AS (SELECT 1) DELETE FROM notes",
                "WITH a AS (SELECT 1) INSERT INTO notes (id) SELECT 'x'",
                "WITH a AS (SELECT 1), b AS (SELECT ')') UPDATE notes SET body = 'x'",
                "WITH a AS (SELECT 1) VALUES (1)",
                "with a as (select '--') replace into notes (id) select 'x'",
                "WITH a AS (DELETE FROM notes RETURNING id) SELECT * FROM a",
                "/* SELECT */ DELETE FROM notes",
                "SELECT load_extension('stolen')",
                "SELECT \"LOAD_extension\"('stolen')",
                "SELECT * FROM pragma_table_list",
                "SELECT * FROM [pragma_user_version]",
                "SELECT * FROM \"PRAGMA_wal_checkpoint\"",
                "SELECT writefile('stolen.db', 'x')",
                "SELECT readfile('/etc/passwd')",
                "SELECT edit('x')",
                "SELECT fts3_tokenizer('simple')",
                "SELECT * FROM sqlite_dbpage",
                "SELECT 1\0; DELETE FROM notes",
                "\u017fELECT 1",
                "\ufeffSELECT 1",
                "SELECT 'a",
                "SELECT \"a",
                "SELECT [a",
                "SELECT (1",
                "SELECT 1)",
                "SELECT 1 /* and",
                "SELECT FROM",
                "SELECT * FROM nowhere",
                "SELECT zeroblob(2000000000)",
                "SELECT sum(9223372036854775807) FROM (SELECT 1 UNION ALL SELECT 2)",
                "SELECT '" + "x".repeat(100_000) + "'",
                "SELECT 1 LIKE '" + "%a".repeat(5_000) + "'",
                "SELECT 1" + " + 1".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void everythingElseIsRefusedAndChangesNothing(String sql) throws IOException {
        assertThatExceptionOfType(SqlRefusedException.class)
                .isThrownBy(() -> keep.sql().select(placed(sql)))
                .withMessageStartingWith("Cannot read with this SQL: ");
        assertNothingChanged();
    }

    /** Those that SQLite can make a statement of. */
    static Stream<String> hostileStatements() {
        return hostile().skip(4);
    }

    /** The door behind the door: what would get past the reading of the text meets a connection that can do nothing. */
    @ParameterizedTest
    @MethodSource("hostileStatements")
    void theConnectionAloneCannotWriteEither(String sql) throws Exception {
        try (Session session = sqlConnection()) {
            session.execute("PRAGMA query_only = OFF");
            try (PreparedStatement statement = session.connection().prepareStatement(placed(sql))) {
                statement.execute();
            } catch (SQLException | RuntimeException e) {
                assertThat(e).isNotNull(); // refused; what counts is below
            }
        }
        assertNothingChanged();
    }

    @Test
    void theConnectionIsForReadingOnlyWhateverItIsTold() throws Exception {
        try (Session session = sqlConnection()) {
            session.execute("PRAGMA query_only = OFF");
            session.execute("PRAGMA trusted_schema = ON");
            for (String sql : List.of(
                    "DELETE FROM notes",
                    "CREATE TABLE stolen (a)",
                    "VACUUM INTO 'stolen.db'",
                    "ATTACH ':memory:' AS stolen",
                    "SELECT load_extension('stolen')")) {
                assertThatExceptionOfType(SQLException.class)
                        .as(sql)
                        .isThrownBy(() -> session.connection().createStatement().execute(placed(sql)));
            }
        }
        assertNothingChanged();
    }

    private Session sqlConnection() throws SQLException {
        return new Connector(directory.resolve("store.db"), Duration.ofSeconds(1)).sqlReader();
    }

    /** With the file that must not be made in the test's directory. */
    private String placed(String sql) {
        return sql.replace("stolen.db", directory.resolve("stolen.db").toString());
    }

    private void assertNothingChanged() throws IOException {
        assertThat(keep.log().head().sequence()).isEqualTo(1);
        assertThat(store.query().list()).hasSize(1);
        assertThat(keep.log().verify().problem()).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.contains("stolen")))
                    .isEmpty();
        }
    }

    @Test
    void whatTakesTooLongIsEnded() {
        SqlReader hasty = keep.sql().timeout(Duration.ofMillis(50));
        for (String sql : List.of(
                ENDLESS + "SELECT count(*) FROM n",
                ENDLESS + "SELECT i FROM n WHERE i < 0",
                ENDLESS + "SELECT group_concat(i) FROM n ORDER BY 1")) {
            assertThatExceptionOfType(SqlLimitException.class)
                    .isThrownBy(() -> hasty.select(sql))
                    .withMessageContaining("50 ms")
                    .satisfies(e -> assertThat(e.limit()).isEqualTo(SqlLimitException.Limit.TIME));
        }
        assertThat(hasty.timeout(Duration.ofSeconds(10)).select("SELECT 1")).hasSize(1);
    }

    @Test
    void theDeadlineEndsAStatementWhileItRuns() throws Exception {
        String lengthy =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) SELECT count(*) FROM n";
        try (Session session = sqlConnection();
                Deadline deadline = Deadline.in(session.connection(), Duration.ofMillis(1))) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> session.number(session.prepared(lengthy), 0))
                    .satisfies(e -> assertThat(Failures.primary(e)).isEqualTo(Failures.INTERRUPTED));
            assertThatExceptionOfType(SQLException.class).isThrownBy(deadline::require);
        }
    }

    @Test
    void resultsAreBoundedAndNeverCut() {
        String numbers = ENDLESS + "SELECT i FROM n LIMIT ?";
        assertThat(keep.sql().maxRows(3).select(numbers, 3)).hasSize(3);
        assertThatExceptionOfType(SqlLimitException.class)
                .isThrownBy(() -> keep.sql().maxRows(3).select(numbers, 4))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(SqlLimitException.Limit.ROWS));
        assertThatExceptionOfType(SqlLimitException.class)
                .isThrownBy(() -> keep.sql().select(ENDLESS + "SELECT zeroblob(1000000) FROM n LIMIT 100"))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(SqlLimitException.Limit.BYTES));
        assertThatIllegalArgumentException().isThrownBy(() -> keep.sql().maxRows(0));
        assertThatIllegalArgumentException().isThrownBy(() -> keep.sql().timeout(Duration.ZERO));
    }

    @Test
    void parametersMustFit() {
        for (List<Object> wrong : Arrays.<List<Object>>asList(List.of(), List.of(1, 2), List.of(List.of()))) {
            assertThatExceptionOfType(SqlRefusedException.class)
                    .isThrownBy(() -> keep.sql().select("SELECT ?", wrong.toArray()))
                    .withMessageContaining("parameter");
        }
        assertThat(keep.sql()
                        .select("SELECT ? AS a", "'); DELETE FROM notes; --")
                        .get(0)
                        .get("a"))
                .isEqualTo("'); DELETE FROM notes; --");
    }

    @Test
    void aHandleForReadingOnlyHasItToo() {
        keep.close();
        keep = RowKeep.openReadOnly(SqliteStorage.at(directory.resolve("store.db")), KeepOptions.defaults());
        assertThat(keep.sql().select("SELECT count(*) AS n FROM notes").get(0).get("n"))
                .isEqualTo(1L);
    }

    @Test
    void aClosedHandleAndACallbackAreRefused() {
        SqlReader sql = keep.sql();
        assertThatExceptionOfType(ReentrantCallException.class)
                .isThrownBy(() -> store.update("n1", row -> {
                    sql.select("SELECT 1");
                    return row;
                }));
        keep.close();
        assertThatExceptionOfType(ClosedException.class).isThrownBy(() -> sql.select("SELECT 1"));
    }
}
