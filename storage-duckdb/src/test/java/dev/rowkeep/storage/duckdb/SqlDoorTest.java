package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.error.ClosedException;
import dev.rowkeep.query.SqlLimitException;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQL of applications on DuckDB: what it reads, and what it cannot do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SqlDoorTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> BODY = Column.text("body");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 10, 2);
    private static final Column<Instant> AT = Column.timestamp("moment");
    private static final Column<LocalDate> DAY = Column.date("day");
    private static final Column<UUID> TAG = Column.uuid("tag");
    private static final Column<Bytes> RAW = Column.bytes("raw");
    private static final Column<Boolean> DONE = Column.bool("done");
    private static final Column<SortedSet<String>> WORDS = Column.textSet("words");
    private static final Schema<String, Row> NOTES =
            Schema.dynamic("notes", ID, BODY, PRICE, AT, DAY, TAG, RAW, DONE, WORDS);

    @TempDir
    Path directory;

    private RowKeep keep;
    private RecordStore<String, Row> store;

    @BeforeEach
    void open() {
        keep = RowKeep.open(DuckdbStorage.at(directory.resolve("store.duckdb")));
        store = keep.store(NOTES);
        store.insert(Row.of(NOTES, "n1").with(BODY, "one"));
    }

    @AfterEach
    void close() {
        keep.close();
    }

    @Test
    void aSelectReadsRecordsAndHistoryByParameters() {
        Row row = Row.of(NOTES, "n2")
                .with(BODY, "it's; -- two")
                .with(PRICE, new BigDecimal("19.99"))
                .with(AT, Instant.parse("2026-03-29T01:00:00.000001Z"))
                .with(DAY, LocalDate.parse("2026-03-29"))
                .with(TAG, new UUID(1, 2))
                .with(RAW, Bytes.of((byte) 1, (byte) 2))
                .with(DONE, true)
                .with(WORDS, new TreeSet<>(Set.of("b", "a")));
        store.insert(row);

        List<SqlRow> rows = keep.sql()
                .select(
                        "SELECT id, body AS text, price, moment, day, tag, raw, done, words, _version FROM notes WHERE body = ?"
                                + " AND price = ? AND moment = ? AND day = ? AND tag = ? AND raw = ? AND done = ? AND ? IS NULL;",
                        "it's; -- two",
                        new BigDecimal("19.99"),
                        row.require(AT),
                        row.require(DAY),
                        row.require(TAG),
                        row.require(RAW),
                        true,
                        null);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).columns())
                .containsExactly("id", "text", "price", "moment", "day", "tag", "raw", "done", "words", "_version");
        assertThat(rows.get(0).values())
                .containsExactly(
                        "n2",
                        "it's; -- two",
                        new BigDecimal("19.99"),
                        row.require(AT),
                        row.require(DAY),
                        row.require(TAG),
                        row.require(RAW),
                        true,
                        List.of("a", "b"),
                        1L);
        assertThat(keep.sql().select("SELECT version FROM rowkeep_changes WHERE key = 'n2'"))
                .containsExactly(SqlRow.of(List.of("version"), List.of(1L)));
    }

    @Test
    void aStatementThatWasAskedBeforeSeesColumnsAndRowsThatCameSince() {
        String all = "SELECT * EXCLUDE (_by, _at) FROM notes WHERE id <> ? ORDER BY id";
        assertThat(keep.sql().select(all, "")).hasSize(1);
        close();
        Schema<String, Row> grown =
                Schema.dynamic("notes", ID, BODY, PRICE, AT, DAY, TAG, RAW, DONE, WORDS, Column.integer("stars"));
        keep = RowKeep.open(DuckdbStorage.at(directory.resolve("store.duckdb")));
        List<String> before = keep.sql().select(all, "").get(0).columns();
        keep.store(grown).insert(Row.of(grown, "n2").with(grown.column("stars", Long.class), 5L));

        List<SqlRow> after = keep.sql().select(all, "");

        assertThat(before).doesNotContain("stars");
        assertThat(after).hasSize(2);
        assertThat(after.get(1).get("stars")).isEqualTo(5L);
        for (int i = 0; i < 150; i++) {
            assertThat(keep.sql().select("SELECT " + i + " AS i").get(0).get("i"))
                    .isEqualTo((long) i);
        }
        assertThat(keep.sql().select(all, "n1")).containsExactly(after.get(1));
    }

    @Test
    void aTextThatWasRefusedIsRefusedAgain() {
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(SqlRefusedException.class)
                    .isThrownBy(() -> keep.sql().select("DELETE FROM notes"))
                    .withMessageContaining("not a SELECT");
        }
    }

    @Test
    void numbersOfDatabaseTypesAreGivenAsFewTypes() {
        assertThat(keep.sql()
                        .select(
                                "SELECT 1::TINYINT, sum(2), 3::UBIGINT, 4.5::FLOAT, 10::HUGEINT * 1000000000000000000000 FROM notes")
                        .get(0)
                        .values())
                .containsExactly(1L, 2L, 3L, 4.5, new BigDecimal("10000000000000000000000"));
    }

    @Test
    void everyAcknowledgedWriteIsSeen() {
        SqlReader sql = keep.sql();
        for (long i = 1; i <= 20; i++) {
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
                "SELECT '\"type\":\"INSERT_QUERY_NODE\"', '\"function_name\":\"query\"' AS \"\"\"function_name\"\":\"\"query\"\"\"",
                "WITH a AS (SELECT 1 AS \"delete\"), b(x) AS (SELECT 2) SELECT * FROM a, b",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n",
                "SELECT count(*) FILTER (WHERE body LIKE 'o%') FROM notes GROUP BY id HAVING count(*) > 0",
                "SELECT id, row_number() OVER (ORDER BY id) FROM notes QUALIFY true",
                "FROM notes",
                "SELECT body FROM notes UNION SELECT key FROM rowkeep_changes ORDER BY 1 NULLS LAST");
        for (String sql : harmless) {
            assertThat(keep.sql().select(sql)).as(sql).isNotEmpty();
        }
    }

    private static List<String> beyondASelect() {
        return List.of(
                "",
                ";",
                "-- SELECT 1",
                "DELETE FROM notes",
                "INSERT INTO notes (id) VALUES ('x')",
                "UPDATE notes SET body = 'x' RETURNING body",
                "MERGE INTO notes USING (SELECT 'n1' AS id) s USING (id) WHEN MATCHED THEN DELETE",
                "TRUNCATE notes",
                "CREATE TABLE stolen (a INTEGER)",
                "CREATE TEMP TABLE stolen (a INTEGER)",
                "CREATE TABLE stolen AS SELECT 1",
                "CREATE MACRO stolen() AS 1",
                "DROP TABLE notes",
                "ALTER TABLE notes ADD COLUMN a INTEGER",
                "VACUUM",
                "CHECKPOINT",
                "ATTACH 'stolen.db' AS stolen",
                "DETACH store",
                "USE memory",
                "SET threads = 1",
                "RESET threads",
                "PRAGMA database_list",
                "BEGIN",
                "COMMIT",
                "EXPLAIN SELECT 1",
                "EXPLAIN ANALYZE DELETE FROM notes",
                "PREPARE a AS SELECT 1",
                "EXECUTE a",
                "INSTALL httpfs",
                "LOAD 'stolen.db'",
                "COPY notes TO 'stolen.db'",
                "COPY notes FROM '/etc/passwd'",
                "EXPORT DATABASE 'stolen.db'",
                "CALL pragma_version()",
                "SELECT 1; DELETE FROM notes",
                "SELECT 1; SELECT 2",
                "SELECT 1; -- \nDELETE FROM notes",
                "COMMIT; DELETE FROM notes; SELECT 1",
                "WITH a AS (DELETE FROM notes RETURNING id) SELECT * FROM a",
                "WITH a AS (INSERT INTO notes (id) VALUES ('x') RETURNING id) SELECT * FROM a",
                "SELECT * FROM (WITH a AS (UPDATE notes SET body = 'x' RETURNING id) SELECT * FROM a)",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM \"QUERY\"('SELECT 1')",
                "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "SELECT * FROM checkpoint()",
                "SELECT * FROM force_checkpoint()",
                "SELECT write_log('x')",
                "SELECT 1\0; DELETE FROM notes",
                "SELECT 'a",
                "SELECT (1",
                "SELECT FROM",
                "SELECT '" + "x".repeat(100_000) + "'");
    }

    /** One SELECT each, which the database does not run. */
    private static List<String> unfit() {
        return List.of(
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM glob('/*')",
                "SELECT * FROM parquet_scan('/etc/passwd')",
                "SELECT * FROM enable_logging()",
                "SELECT * FROM nowhere",
                "SELECT CAST(body AS INTEGER) FROM notes",
                "SELECT error('stop')",
                "SELECT 1" + " + 1".repeat(5_000));
    }

    @Test
    void everythingElseIsRefusedAndChangesNothing() throws IOException {
        for (String sql :
                Stream.concat(beyondASelect().stream(), unfit().stream()).toList()) {
            assertThatExceptionOfType(SqlRefusedException.class)
                    .as(sql)
                    .isThrownBy(() -> keep.sql().select(placed(sql)))
                    .withMessageStartingWith("Cannot read with this SQL: ");
            assertThat(keep.sql()
                            .select("SELECT count(*) AS n FROM notes")
                            .get(0)
                            .get("n"))
                    .as(sql)
                    .isEqualTo(1L);
        }
        assertNothingChanged();
    }

    /** What would get past the reading of the text meets a transaction that only reads and a configuration that is locked. */
    @Test
    void whatIsBehindTheReadingOfTheTextCannotWriteOneStatementEither() throws Exception {
        try (Connection other = OpenDatabase.connect(directory.resolve("store.duckdb"))) {
            for (String sql : List.of(
                    "WITH a AS (DELETE FROM notes RETURNING id) SELECT * FROM a",
                    "UPDATE notes SET body = 'x'",
                    "CREATE TABLE stolen (a INTEGER)",
                    "COPY notes TO 'stolen.db'",
                    "ATTACH 'stolen.db' AS stolen",
                    "SET threads = 1",
                    "SET enable_external_access = true",
                    "INSTALL httpfs",
                    "SELECT * FROM read_text('/etc/passwd')")) {
                execute(other, "BEGIN TRANSACTION READ ONLY");
                assertThatExceptionOfType(SQLException.class).as(sql).isThrownBy(() -> execute(other, placed(sql)));
                execute(other, "ROLLBACK");
            }
        }
        assertNothingChanged();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first door by itself: what is no SELECT, or more than one, is refused before the database is asked to run it. */
    @Test
    void theReadingOfTheTextAloneRefusesWhatIsNotOneSelect() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                DuckdbSession session = new DuckdbSession(connection.unwrap(DuckDBConnection.class))) {
            for (String sql : beyondASelect()) {
                assertThatExceptionOfType(SqlRefusedException.class)
                        .as(sql)
                        .isThrownBy(() -> new SelectCheck().require(session, placed(sql)));
            }
        }
    }

    @Test
    void aTextThatWasLetInIsNotReadAgain() throws SQLException {
        SelectCheck check = new SelectCheck();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            DuckdbSession session = new DuckdbSession(connection.unwrap(DuckDBConnection.class));
            check.require(session, "SELECT 1");
            session.close();
            check.require(session, "SELECT 1");
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> check.require(session, "SELECT 2"));
        }
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
    void whatTakesTooLongIsEndedAndTheConnectionsGoOn() {
        SqlReader hasty = keep.sql().timeout(Duration.ofMillis(50));
        for (String sql : List.of(
                "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7919 = 3",
                "SELECT a.range FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7919 = 10000")) {
            assertThatExceptionOfType(SqlLimitException.class)
                    .isThrownBy(() -> hasty.select(sql))
                    .withMessageContaining("50 ms")
                    .satisfies(e -> assertThat(e.limit()).isEqualTo(SqlLimitException.Limit.TIME));
        }
        assertThat(hasty.timeout(Duration.ofSeconds(30)).select("SELECT 1")).hasSize(1);
    }

    @Test
    void resultsAreBoundedAndNeverCut() {
        String numbers = "SELECT range FROM range(?)";
        assertThat(keep.sql().maxRows(3).select(numbers, 3)).hasSize(3);
        assertThatExceptionOfType(SqlLimitException.class)
                .isThrownBy(() -> keep.sql().maxRows(3).select(numbers, 4))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(SqlLimitException.Limit.ROWS));
        assertThatExceptionOfType(SqlLimitException.class)
                .isThrownBy(() -> keep.sql().select("SELECT repeat('x', 1000000) FROM range(100)"))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(SqlLimitException.Limit.BYTES));
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
    void aClosedHandleIsRefused() {
        SqlReader sql = keep.sql();
        keep.close();
        assertThatExceptionOfType(ClosedException.class).isThrownBy(() -> sql.select("SELECT 1"));
    }
}
